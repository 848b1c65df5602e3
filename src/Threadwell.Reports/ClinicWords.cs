using Threadwell.Plans;
using Threadwell.Reports.Documents;

namespace Threadwell.Reports;

/// <summary>What a clinic's patients taught, in words: the same in the terminal and on the page.</summary>
public static class ClinicWords
{
    /// <summary>Headings of <see cref="BeliefRows"/>.</summary>
    public static IReadOnlyList<string> BeliefHeadings(DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return [language.Report("recalibration.column.treatment"), language.Report("recalibration.column.patients"), language.Report("recalibration.column.ratio"), language.Report("recalibration.column.scatter")];
    }

    /// <summary>What is believed before and after, by treatment.</summary>
    public static IEnumerable<IReadOnlyList<string>> BeliefRows(ClinicDocument clinic, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(clinic);
        ArgumentNullException.ThrowIfNull(language);
        IReadOnlyList<string> Row(string name, string patients, ClinicBelief belief) =>
            [name, patients, Amount(belief.LogRatio, belief.LogRatioDeviation, language), Amount(belief.LogScatter, belief.LogScatterDeviation, language)];
        return
        [
            Row(language.Report("recalibration.before"), "", clinic.Prior),
            .. clinic.Treatments.Select(one => Row(one.Treatment.Length == 0 ? language.Report("recalibration.unnamed") : one.Treatment, language.Number(one.Patients, "0"), one.Belief)),
            Row(language.Report("recalibration.other"), "0", clinic.Other),
        ];
    }

    /// <summary>How the patients are as the others foretell them, a sentence each.</summary>
    public static IEnumerable<string> Fit(ClinicDocument clinic, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(clinic);
        ArgumentNullException.ThrowIfNull(language);
        ClinicFit fit = clinic.Fit;
        yield return language.Report("recalibration.coverage", fit.Visits, Percent(fit.Inside50, language), Percent(fit.Inside90, language));
        yield return language.Report("recalibration.beyond", fit.PatientsBeyond, clinic.Patients, language.Number(fit.ChanceOfBeyond, "0.###"));
        if (fit.Fits is null)
        {
            yield return language.Report("recalibration.few");
        }
        else if (fit.Fits == true)
        {
            yield return language.Report("recalibration.fits");
        }

        foreach (ClinicMisfit misfit in fit.Misfits)
        {
            yield return language.Report(misfit switch
            {
                ClinicMisfit.Scatter => "recalibration.misfit.scatter",
                ClinicMisfit.Early => "recalibration.misfit.early",
                ClinicMisfit.Middle => "recalibration.misfit.middle",
                ClinicMisfit.Late => "recalibration.misfit.late",
                _ => "recalibration.misfit.range",
            });
        }
    }

    /// <summary>Where a number comes from that a clinic's patients moved; null where none did.</summary>
    /// <param name="source">What moved it; null for nothing.</param>
    /// <param name="language">Language of the words.</param>
    public static string? Source(ClinicSource? source, DocumentLanguage language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return source is null ? null : language.Report("recalibration.source", source.Patients);
    }

    internal static string Percent(double share, DocumentLanguage language) => language.Report("percent", language.Number(100 * share, "0"));

    private static string Amount(double log, double deviation, DocumentLanguage language)
    {
        (double low, double high) = ClinicBelief.NineInTen(log, deviation);
        return language.Report("recalibration.amount", language.Number(Math.Exp(log), "0.00"), language.Number(low, "0.00"), language.Number(high, "0.00"));
    }
}
