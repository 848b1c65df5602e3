using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MathNet.Numerics.Distributions;
using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>
/// Learns from all measured patients of a clinic at once how its lifts differ from what is predicted: a ratio for the clinic, one for each of its treatments that is drawn towards it, and how widely patients scatter
/// (<c>docs/theory/learning.md</c>).
/// </summary>
public static class ClinicLearner
{
    /// <summary>Most patients that are learned from at once.</summary>
    public const int MostPatients = 2000;

    // Of fewer nothing can be said but by accident.
    private const int FewestToJudge = 5;

    private const double OutsideShare = 0.9;

    // Of each of four questions; they hang together, and the middles of patients are not quite normal: of made-up clinics that fit, one in a hundred is called a misfit.
    private const double Accident = 0.01;

    // Ends of the early and of the middle visits, days.
    private static readonly double[] Periods = [3 * CourseTimes.DaysPerMonth, 9 * CourseTimes.DaysPerMonth, double.PositiveInfinity];

    /// <summary>Learns.</summary>
    /// <param name="patients">The patients, in any order.</param>
    /// <param name="source">What an error message names as the list of them.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidInputException">There are none or too many, a case is not whole, or they do not go together.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ClinicDocument Learn(IReadOnlyList<ClinicCase> patients, string source, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(patients);
        Check(patients, source);
        ClinicGrid grid = ClinicGrid.Usual;
        ClinicCase[] ordered = [.. patients.OrderBy(patient => patient.Name, StringComparer.Ordinal)];
        string[] treatments = [.. ordered.Select(patient => patient.Samples.Treatment ?? "").Distinct().Order(StringComparer.Ordinal)];
        int[] treatmentOf = [.. ordered.Select(patient => Array.IndexOf(treatments, patient.Samples.Treatment ?? ""))];
        var likelihoods = new ClinicLikelihood[ordered.Length];
        Parallel.For(0, ordered.Length, new ParallelOptions { CancellationToken = cancellation }, at => likelihoods[at] = new ClinicLikelihood(ordered[at], grid));
        double[][][] all = [.. treatments.Select((_, treatment) => Sum(likelihoods.Where((_, at) => treatmentOf[at] == treatment), grid))];
        var cases = new ClinicPatient[ordered.Length];
        Parallel.For(0, ordered.Length, new ParallelOptions { CancellationToken = cancellation }, at =>
        {
            double[][][] others = [.. all.Select((sum, treatment) => treatment == treatmentOf[at] ? Without(sum, likelihoods[at].Log) : sum)];
            cases[at] = likelihoods[at].Check(ordered[at], grid.Posterior(others, treatmentOf[at]), grid);
        });
        TreatmentBelief[] beliefs = [.. treatments.Select((name, treatment) => new TreatmentBelief(name, treatmentOf.Count(one => one == treatment), grid.Belief(grid.Posterior(all, treatment))))];
        return new ClinicDocument
        {
            ModelVersion = ordered[0].Samples.ModelVersion,
            FactsSha256 = FactsSha256(ordered[0].Samples.Facts),
            Patients = ordered.Length,
            Measurements = ordered.Sum(patient => patient.Observations.Count),
            Prior = new ClinicBelief(0, grid.PriorRatioDeviation, 0, grid.PriorScatterDeviation),
            Treatments = beliefs,
            Other = grid.Belief(grid.Posterior(all, null)),
            Cases = cases,
            Fit = Fit(cases, beliefs, grid),
        };
    }

    /// <summary>Hash of uncertain facts with the values and ranges that the catalogue has now.</summary>
    /// <param name="names">Their names.</param>
    public static string FactsSha256(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var text = new StringBuilder();
        foreach (string name in names)
        {
            // The catalogue may have lost a number since: its name still tells it from others.
            Fact? fact = EvidenceCatalogue.All.FirstOrDefault(known => known.Name == name);
            text.Append(CultureInfo.InvariantCulture, $"{name} {fact?.Value:R} {fact?.Low:R} {fact?.High:R} {fact?.StandardDeviation:R}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Check(IReadOnlyList<ClinicCase> patients, string source)
    {
        if (patients.Count is 0 or > MostPatients)
        {
            throw new InvalidInputException(source, "cases", $"there are {patients.Count} patients; 1 to {MostPatients} are needed.");
        }

        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ClinicCase patient in patients)
        {
            CourseLearner.CheckAll(patient.Prediction, patient.Samples, patient.Observations, patient.Source);
            if (patient.Prediction.Clinic is not null)
            {
                throw new InvalidInputException(patient.Source, "prediction", "the prediction was already moved by a clinic's patients: give the one without --clinic, or they would count twice.");
            }

            if (!known.TryAdd(patient.Prediction.InputSha256, patient.Name))
            {
                throw new InvalidInputException(patient.Source, "prediction", $"'{patient.Name}' and '{known[patient.Prediction.InputSha256]}' are the same prediction: a patient counts once, give all visits in one case.");
            }

            if (patient.Samples.ModelVersion != patients[0].Samples.ModelVersion || !patient.Samples.Facts.SequenceEqual(patients[0].Samples.Facts, StringComparer.Ordinal))
            {
                throw new InvalidInputException(patient.Source, "samples", $"'{patient.Name}' was predicted by another version of the model or with other uncertain numbers than '{patients[0].Name}': predict all with the same.");
            }
        }

        if (patients.GroupBy(patient => patient.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new InvalidInputException(source, "cases", $"the name '{twice.Key}' is given twice.");
        }
    }

    private static double[][] Sum(IEnumerable<ClinicLikelihood> likelihoods, ClinicGrid grid)
    {
        double[][] sum = [.. grid.LogScatters.Select(_ => new double[grid.LogRatios.Length])];
        foreach (ClinicLikelihood likelihood in likelihoods)
        {
            for (int scatter = 0; scatter < sum.Length; scatter++)
            {
                for (int ratio = 0; ratio < sum[scatter].Length; ratio++)
                {
                    sum[scatter][ratio] += likelihood.Log[scatter][ratio];
                }
            }
        }

        return sum;
    }

    private static double[][] Without(double[][] sum, double[][] one) => [.. sum.Zip(one, (all, own) => all.Zip(own, (total, part) => total - part).ToArray())];

    private static ClinicFit Fit(ClinicPatient[] cases, TreatmentBelief[] beliefs, ClinicGrid grid)
    {
        ClinicVisit[] visits = [.. cases.SelectMany(patient => patient.Visits)];
        bool isJudged = cases.Length >= FewestToJudge;
        int beyond = cases.Count(patient => patient.Beyond > OutsideShare);
        double chance = beyond == 0 ? 1 : 1 - Binomial.CDF(1 - OutsideShare, cases.Length, beyond - 1);
        var misfits = new List<ClinicMisfit>();
        if (isJudged && chance < Accident)
        {
            misfits.Add(ClinicMisfit.Scatter);
        }

        double after = 0;
        foreach ((double until, ClinicMisfit misfit) in Periods.Zip([ClinicMisfit.Early, ClinicMisfit.Middle, ClinicMisfit.Late]))
        {
            // One number a patient: her visits of a period hang together.
            double[] deviates = [.. cases.Select(patient => patient.Visits.Where(visit => visit.Day >= after && visit.Day < until).ToArray()).Where(own => own.Length > 0)
                .Select(own => own.Average(visit => Normal.InvCDF(0, 1, Math.Clamp(visit.Share, 1e-6, 1 - 1e-6))))];
            if (LieAside(deviates))
            {
                misfits.Add(misfit);
            }

            after = until;
        }

        if (isJudged && beliefs.Any(belief => Math.Abs(belief.Belief.LogRatio) > 3 * grid.PriorRatioDeviation))
        {
            misfits.Add(ClinicMisfit.Range);
        }

        return new ClinicFit
        {
            Visits = visits.Length,
            Inside50 = visits.Average(visit => visit.Share is >= 0.25 and <= 0.75 ? 1.0 : 0),
            Inside90 = visits.Average(visit => visit.Share is >= 0.05 and <= 0.95 ? 1.0 : 0),
            Tenths = [.. Enumerable.Range(0, 10).Select(tenth => visits.Count(visit => Math.Min(9, (int)(10 * visit.Share)) == tenth))],
            PatientsBeyond = beyond,
            ChanceOfBeyond = Math.Clamp(chance, 0, 1),
            Fits = isJudged ? misfits.Count == 0 : null,
            Misfits = misfits,
        };
    }

    // Whether the mean of the patients is further from nought than by accident (Student's t), and by so much that a band would be wrong by it.
    private static bool LieAside(double[] deviates)
    {
        // A band of 90 % whose middle is off by so much holds 88 % instead: less is no reason to distrust it.
        const double Telling = 0.3;

        if (deviates.Length < FewestToJudge)
        {
            return false;
        }

        double mean = deviates.Average();
        double deviation = Math.Sqrt(deviates.Sum(value => (value - mean) * (value - mean)) / (deviates.Length - 1));
        double t = Math.Abs(mean) * Math.Sqrt(deviates.Length) / Math.Max(deviation, 1e-9);
        return Math.Abs(mean) > Telling && 2 * (1 - StudentT.CDF(0, 1, deviates.Length - 1, t)) < Accident;
    }
}
