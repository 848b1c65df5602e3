using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;

namespace Threadwell.Prediction;

/// <summary>Reads <c>clinic.json</c> strictly (<c>docs/formats/clinic.md</c>).</summary>
public static class ClinicFile
{
    // Beyond these no belief is: the grid that it comes from ends before.
    private const double LargestLog = 3;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="InvalidInputException">It is missing, or not of the documented form; the message names the place.</exception>
    public static ClinicDocument Read(string path) => Check(PlanJson.Read<ClinicDocument>(path), path);

    /// <summary>Reads the content of a file.</summary>
    /// <param name="content">The content, UTF-8.</param>
    /// <param name="source">What an error message names as its source.</param>
    /// <exception cref="InvalidInputException">It is not of the documented form; the message names the place.</exception>
    public static ClinicDocument Parse(ReadOnlySpan<byte> content, string source) => Check(PlanJson.Parse<ClinicDocument>(content, source), source);

    private static ClinicDocument Check(ClinicDocument clinic, string source)
    {
        void That(bool holds, string place, string problem)
        {
            if (!holds)
            {
                throw new InvalidInputException(source, place, problem);
            }
        }

        void Believed(ClinicBelief? belief, string place) => That(
            belief is not null && Math.Abs(belief.LogRatio) <= LargestLog && Math.Abs(belief.LogScatter) <= LargestLog
                && belief.LogRatioDeviation is > 0 and <= LargestLog && belief.LogScatterDeviation is > 0 and <= LargestLog,
            place,
            "a belief has two logarithms from -3 to 3 and their deviations above 0.");

        That(clinic.SchemaVersion == 1, "schemaVersion", $"version {clinic.SchemaVersion} is not known; this program reads version 1.");
        That(clinic.ModelVersion.Length > 0, "modelVersion", "the model's version is missing.");
        That(IsHash(clinic.FactsSha256), "factsSha256", "64 lower-case hexadecimal digits are needed.");
        That(clinic.Patients is >= 1 and <= ClinicLearner.MostPatients, "patients", $"1 to {ClinicLearner.MostPatients} patients are needed.");
        Believed(clinic.Prior, "prior");
        Believed(clinic.Other, "other");
        for (int at = 0; at < clinic.Treatments.Count; at++)
        {
            That(clinic.Treatments[at] is { Treatment: not null, Patients: >= 1 }, $"treatments[{at}]", "a treatment has a name and at least one patient.");
            Believed(clinic.Treatments[at].Belief, $"treatments[{at}].belief");
        }

        That(clinic.Treatments.Select(one => one.Treatment).Distinct(StringComparer.Ordinal).Count() == clinic.Treatments.Count, "treatments", "a treatment is given twice.");
        That(clinic.Treatments.Sum(one => (long)one.Patients) == clinic.Patients, "treatments", "the patients of the treatments are not as many as those of the clinic.");
        That(clinic.Cases.Count == clinic.Patients && clinic.Cases.All(one => one is not null), "cases", "each patient has a case.");
        for (int at = 0; at < clinic.Cases.Count; at++)
        {
            That(IsHash(clinic.Cases[at].InputSha256), $"cases[{at}].inputSha256", "64 lower-case hexadecimal digits are needed.");
        }

        That(clinic.Fit.Tenths.Count == 10, "fit.tenths", "ten numbers are needed.");
        That((clinic.Fit.Fits == false) == (clinic.Fit.Misfits.Count > 0), "fit.fits", "what does not fit is named, and only then it does not.");
        return clinic;

        static bool IsHash(string? value) => value is { Length: 64 } && value.All(char.IsAsciiHexDigitLower);
    }
}
