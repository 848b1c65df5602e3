namespace Threadwell.Web.Clinic;

/// <summary>Specialties that a licence may name.</summary>
internal static class Specialties
{
    /// <summary>Their names, as the records keep them.</summary>
    public static readonly IReadOnlyList<string> All = ["dermatology", "aesthetic-surgery", "other"];
}
