namespace Threadwell.Web.Accounts;

/// <summary>The refusals that an address may name, so that nobody puts words of her own on a page.</summary>
internal static class ProblemTexts
{
    private static readonly string[] Keys = ["name.form", "name.taken", "fullName", "password.short", "password.long", "password.name", "password.present", "lastFactor", "demonstration", "self", "sign-on", "sign-on.taken"];

    /// <summary>The refusal where it is known; null otherwise.</summary>
    public static string? Known(string? key) => Array.Find(Keys, known => known == key);
}
