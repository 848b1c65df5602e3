using Threadwell.Reports.Documents;
using Threadwell.Trials.Validation;

namespace Threadwell.Reports;

/// <summary>What a validation says, in words.</summary>
public static class ValidationWords
{
    /// <summary>Whether a target is met.</summary>
    /// <param name="outcome">The target.</param>
    /// <param name="language">Language of the words.</param>
    public static string Result(ValidationOutcome outcome, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(language);
        return language.Report((outcome.Use, outcome.Passed) switch
        {
            (ValidationUse.Shown, _) => "validation.shown",
            (ValidationUse.DataEntry, true) => "validation.entered",
            (ValidationUse.DataEntry, _) => "validation.misentered",
            (ValidationUse.Independent, true) => "validation.passed.independent",
            (ValidationUse.Independent, _) => "validation.failed.independent",
            (_, true) => "validation.passed",
            _ => "validation.failed",
        });
    }

    /// <summary>An amount with the unit of a value; shares stand without one.</summary>
    /// <param name="amount">The amount.</param>
    /// <param name="value">The value whose unit it has.</param>
    /// <param name="language">Language of the number.</param>
    public static string Amount(double amount, ValidationValue value, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(language);
        return Number(amount, language) + (value.Unit == "1" ? "" : " " + value.Unit);
    }

    /// <summary>The published range of a value, without its unit.</summary>
    /// <param name="value">The value.</param>
    /// <param name="language">Language of the words.</param>
    public static string Range(ValidationValue value, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(language);
        return (value.Low, value.High) switch
        {
            ({ } low, { } high) when low == high => Number(low, language),
            ({ } low, { } high) => language.Report("validation.range.between", Number(low, language), Number(high, language)),
            (null, { } high) => language.Report("validation.range.most", Number(high, language)),
            ({ } low, _) => language.Report("validation.range.least", Number(low, language)),
            _ => "",
        };
    }

    /// <summary>The model's band; a dash where there is none.</summary>
    /// <param name="value">The value.</param>
    /// <param name="language">Language of the words.</param>
    public static string Band(ValidationValue value, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(language);
        return value is { BandLow: { } low, BandHigh: { } high } ? language.Report("validation.range.between", Number(low, language), Number(high, language)) : "–";
    }

    /// <summary>Whether the published range and the band have a value in common; a dash where there is no band.</summary>
    /// <param name="value">The value.</param>
    /// <param name="language">Language of the words.</param>
    public static string Overlap(ValidationValue value, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(language);
        return value.Overlaps is { } overlaps ? language.Report(overlaps ? "validation.band.overlaps" : "validation.band.apart") : "–";
    }

    /// <summary>How many draws are behind a target's bands; empty for none.</summary>
    /// <param name="outcome">The target.</param>
    /// <param name="language">Language of the words.</param>
    public static string Draws(ValidationOutcome outcome, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(language);
        return outcome.Draws + outcome.FailedDraws == 0 ? ""
            : outcome.FailedDraws == 0 ? language.Report("validation.draws", outcome.Draws)
            : language.Report("validation.draws.failed", outcome.Draws, outcome.FailedDraws);
    }

    private static string Number(double number, DocumentLanguage language) => language.Number(number, "0.###");
}
