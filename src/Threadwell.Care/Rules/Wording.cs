namespace Threadwell.Care.Rules;

/// <summary>One text in both languages.</summary>
/// <param name="En">English.</param>
/// <param name="Vi">Vietnamese.</param>
public sealed record Wording(string En, string Vi)
{
    /// <summary>The text in a language: Vietnamese for "vi", English for every other.</summary>
    /// <param name="language">Two-letter language ("en", "vi").</param>
    public string In(string language) => language == "vi" ? Vi : En;
}
