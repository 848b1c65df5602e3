using Threadwell.Anatomy;

namespace Threadwell.Reports.Documents;

/// <summary>Areas and landmarks in the languages of documents.</summary>
public static class AreaWords
{
    /// <summary>A treated area.</summary>
    public static string Name(TreatmentArea area, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return language.Text("area." + area);
    }

    /// <summary>An area with its side: "jawline, left".</summary>
    /// <param name="area">The area.</param>
    /// <param name="left">True for the patient's left, false for the right, null for the middle.</param>
    /// <param name="language">The language.</param>
    public static string Name(TreatmentArea area, bool? left, DocumentLanguage language) =>
        left is { } side ? $"{Name(area, language)}, {language.Text(side ? "side.left" : "side.right")}" : Name(area, language);

    /// <summary>A landmark without its side: "corner of the mouth".</summary>
    internal static string Landmark(string name, DocumentLanguage language) => language.Text("landmark." + name);
}
