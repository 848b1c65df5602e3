namespace Threadwell.Web.Hosting;

/// <summary>An address that a form or a link asks to be led back to.</summary>
internal static class LocalAddress
{
    /// <summary>The address where it is a page of this site, else the start page.</summary>
    public static string Checked(string? address) =>
        address is not null && address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal) && !address.Contains('\\', StringComparison.Ordinal) && !address.Any(char.IsControl)
            ? address
            : "/";
}
