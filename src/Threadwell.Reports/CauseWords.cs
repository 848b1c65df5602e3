using Threadwell.Plans;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports;

/// <summary>What decides a result, in words: the same in the terminal and on the page.</summary>
public static class CauseWords
{
    /// <summary>Name of a cause.</summary>
    public static string Of(Cause cause, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return language.Report(cause switch
        {
            Cause.Thread => "causes.thread",
            Cause.Skin => "causes.skin",
            Cause.Technique => "causes.technique",
            Cause.Aftercare => "causes.aftercare",
            _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, null),
        });
    }

    /// <summary>Name of an outcome.</summary>
    public static string Of(CauseOutcome outcome, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return language.Report(outcome switch
        {
            CauseOutcome.LiftNow => "causes.lift-now",
            CauseOutcome.LiftAfterYear => "causes.lift-after-year",
            CauseOutcome.LiftHalfLife => "causes.lift-half-life",
            CauseOutcome.SupportGain => "causes.support-gain",
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
        });
    }

    /// <summary>A share, alone and with others, with its interval.</summary>
    public static string Share(CauseShare share, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(share);
        return WithInterval(share.Total, share.TotalLow, share.TotalHigh, language);
    }

    /// <summary>A share alone, with its interval where the file has one.</summary>
    public static string Alone(CauseShare share, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(share);
        return share is { AloneLow: { } low, AloneHigh: { } high } ? WithInterval(share.Alone, low, high, language) : Percent(Shown(share.Alone), language);
    }

    private static string WithInterval(double share, double low, double high, DocumentLanguage language)
    {
        string Words(double value) => Percent(Shown(value), language);
        return $"{Words(share)} {language.Report("band", Words(low), Words(high))}";
    }

    /// <summary>Mean and deviation of an outcome in its unit.</summary>
    public static string Spread(OutcomeCauses outcome, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(language);
        string Words(double value) => outcome.Outcome switch
        {
            CauseOutcome.LiftNow or CauseOutcome.LiftAfterYear => CourseWords.Millimetres(value, language),
            CauseOutcome.LiftHalfLife => CourseWords.Months(value, language),
            _ => Percent(value, language),
        };
        return language.Report("causes.spread", Words(outcome.Mean), Words(outcome.StandardDeviation));
    }

    /// <summary>What is changed in a what-if.</summary>
    public static string Change(WhatIf whatIf, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(whatIf);
        ArgumentNullException.ThrowIfNull(language);
        return whatIf.Change.Split(':') switch
        {
            ["asPlanned"] => language.Report("causes.as-planned"),
            ["material", var material] => language.Report("causes.material", material),
            ["aftercare", "asAdvised"] => language.Report("causes.aftercare.advised"),
            ["aftercare", "partial"] => language.Report("causes.aftercare.partial"),
            ["aftercare", "poor"] => language.Report("causes.aftercare.poor"),
            ["smoker", "true"] => language.Report("causes.smoker"),
            ["smoker", "false"] => language.Report("causes.non-smoker"),
            _ => throw new ArgumentOutOfRangeException(nameof(whatIf), whatIf.Change, null),
        };
    }

    /// <summary>The rows of the what-ifs: what is changed, lift now, after a year, half-life, largest gain of support.</summary>
    public static IEnumerable<IReadOnlyList<string>> WhatIfRows(CauseDocument causes, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(causes);
        return causes.WhatIf.Select(whatIf => (IReadOnlyList<string>)
        [
            Change(whatIf, language),
            CourseWords.Millimetres(whatIf.Summary.LiftNowMm, language),
            whatIf.LiftAfterYearMm is { } year ? CourseWords.Millimetres(year, language) : "–",
            CourseWords.Months(whatIf.Summary.LiftHalfLifeMonths, language),
            Percent(whatIf.SupportGain, language),
        ]);
    }

    /// <summary>Headings of <see cref="WhatIfRows"/>.</summary>
    public static IReadOnlyList<string> WhatIfHeadings(DocumentLanguage language) =>
    [
        language.Report("causes.column.change"),
        Of(CauseOutcome.LiftNow, language),
        Of(CauseOutcome.LiftAfterYear, language),
        Of(CauseOutcome.LiftHalfLife, language),
        Of(CauseOutcome.SupportGain, language),
    ];

    internal static string Percent(double value, DocumentLanguage language) => language.Report("percent", language.Number(100 * value, "0"));

    /// <summary>A share as it is shown: what an estimate has beyond the whole, or below nothing, is chance.</summary>
    internal static double Shown(double share) => Math.Clamp(share, 0, 1);
}
