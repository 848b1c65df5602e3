using System.Globalization;
using Threadwell.Evidence;

namespace Threadwell.Reports;

/// <summary>Facts of the evidence catalogue in words.</summary>
public static class EvidenceWords
{
    /// <summary>A grade in words.</summary>
    public static string Of(EvidenceGrade grade) => grade switch
    {
        EvidenceGrade.Read => "read at the source",
        EvidenceGrade.Vendor => "vendor or clinic page",
        EvidenceGrade.Derived => "derived",
        EvidenceGrade.Pointer => "still to be read",
        EvidenceGrade.UnconfirmedHigh => "unconfirmed, high certainty",
        EvidenceGrade.UnconfirmedMedium => "unconfirmed, medium certainty",
        EvidenceGrade.UnconfirmedLow => "unconfirmed, low certainty",
        EvidenceGrade.Assumption => "assumption",
        _ => throw new ArgumentOutOfRangeException(nameof(grade)),
    };

    /// <summary>A value with its unit; a plain ratio has none.</summary>
    public static string WithUnit(double value, string unit)
    {
        string number = value.ToString("G6", CultureInfo.InvariantCulture).Replace('-', '−');
        return unit == "1" ? number : $"{number} {unit}";
    }

    /// <summary>The published or assumed range, or the standard deviation, or nothing.</summary>
    public static string Range(Fact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return fact switch
        {
            { Low: { } low, High: { } high } => $"{WithUnit(low, "1")} to {WithUnit(high, fact.Unit)}",
            { Low: { } low } => $"at least {WithUnit(low, fact.Unit)}",
            { High: { } high } => $"at most {WithUnit(high, fact.Unit)}",
            { StandardDeviation: { } deviation } => $"SD {WithUnit(deviation, fact.Unit)}",
            _ => "",
        };
    }
}
