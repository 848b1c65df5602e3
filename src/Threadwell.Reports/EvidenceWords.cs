using Threadwell.Evidence;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports;

/// <summary>Facts of the evidence catalogue in words.</summary>
public static class EvidenceWords
{
    /// <summary>A grade in words.</summary>
    public static string Of(EvidenceGrade grade, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return grade switch
        {
            EvidenceGrade.Read => language.Report("grade.read"),
            EvidenceGrade.Vendor => language.Report("grade.vendor"),
            EvidenceGrade.Derived => language.Report("grade.derived"),
            EvidenceGrade.Pointer => language.Report("grade.pointer"),
            EvidenceGrade.UnconfirmedHigh => language.Report("grade.unconfirmed-high"),
            EvidenceGrade.UnconfirmedMedium => language.Report("grade.unconfirmed-medium"),
            EvidenceGrade.UnconfirmedLow => language.Report("grade.unconfirmed-low"),
            EvidenceGrade.Assumption => language.Report("grade.assumption"),
            _ => throw new ArgumentOutOfRangeException(nameof(grade)),
        };
    }

    /// <summary>A value with its unit; a plain ratio has none.</summary>
    public static string WithUnit(double value, string unit, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(language);
        string number = language.Number(value, "G6");
        return unit == "1" ? number : $"{number} {unit}";
    }

    /// <summary>The published or assumed range, or the standard deviation, or nothing.</summary>
    public static string Range(Fact fact, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(fact);
        ArgumentNullException.ThrowIfNull(language);
        return fact switch
        {
            { Low: { } low, High: { } high } => language.Report("range.between", WithUnit(low, "1", language), WithUnit(high, fact.Unit, language)),
            { Low: { } low } => language.Report("range.least", WithUnit(low, fact.Unit, language)),
            { High: { } high } => language.Report("range.most", WithUnit(high, fact.Unit, language)),
            { StandardDeviation: { } deviation } => language.Report("range.deviation", WithUnit(deviation, fact.Unit, language)),
            _ => "",
        };
    }
}
