using Threadwell.Cli.Output;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Prediction;

namespace Threadwell.Cli.Options;

/// <summary>A list of measured patients (<c>docs/formats/clinic.md</c>).</summary>
internal sealed record CaseList
{
    /// <summary>Version of the file form; 1 now.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The patients.</summary>
    public required IReadOnlyList<ListedCase> Cases { get; init; }
}

/// <summary>A patient of the list; paths are relative to its folder.</summary>
/// <param name="Name">Name of the case; it stands in the result.</param>
/// <param name="Prediction">Folder that 'predict --samples' wrote.</param>
/// <param name="Observations">Measurements, JSON; null for none.</param>
/// <param name="Measured">Files that 'measure --plan --day' wrote; null for none.</param>
internal sealed record ListedCase(string Name, string Prediction, string? Observations = null, IReadOnlyList<string>? Measured = null);

/// <summary>Reads the measured patients of a clinic: a list, or a folder with a folder for each.</summary>
internal static class ClinicCases
{
    private const string VisitsFile = "visits.json";

    /// <summary>Reads them.</summary>
    /// <param name="path">The list, or the folder.</param>
    /// <exception cref="InvalidInputException">Something is missing or not of its form; the message names the place.</exception>
    public static IReadOnlyList<ClinicCase> Read(string path)
    {
        (string root, CaseList list) = Directory.Exists(path) ? (path, OfFolder(path)) : OfList(path);
        if (list.SchemaVersion != 1)
        {
            throw new InvalidInputException(path, "schemaVersion", $"version {list.SchemaVersion} is not known; this program reads version 1.");
        }

        return [.. list.Cases.Select((listed, at) => string.IsNullOrWhiteSpace(listed?.Name)
            ? throw new InvalidInputException(path, $"cases[{at}].name", "a case needs a name.")
            : Case(listed, root, path, at))];
    }

    /// <summary>What visits measured, from files.</summary>
    /// <param name="observations">A file of positions; null for none.</param>
    /// <param name="measured">Files of measured shapes.</param>
    /// <param name="prediction">The prediction that they belong to.</param>
    public static List<FollowUpObservation> Observations(string? observations, IEnumerable<string> measured, PredictionDocument prediction)
    {
        var all = new List<FollowUpObservation>();
        if (observations is not null)
        {
            all.AddRange(PlanJson.Read<ObservationFile>(observations).Observations);
        }

        foreach (string measurement in measured)
        {
            all.AddRange(MeasuredVisit.Observations(PlanJson.Read<MeasurementDocument>(measurement), prediction, measurement));
        }

        return all;
    }

    private static (string Root, CaseList List) OfList(string path)
    {
        CaseList list = PlanJson.Read<CaseList>(path);
        return (Path.GetDirectoryName(Path.GetFullPath(path))!, list);
    }

    private static CaseList OfFolder(string path)
    {
        string[] names = [.. Directory.EnumerateDirectories(path).Select(Path.GetFileName).OfType<string>().Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal)];
        return names.Length == 0
            ? throw new InvalidInputException(path, null, $"there is no case in this folder: give each patient a folder with prediction.json, {PredictionOutput.SamplesFile} and {VisitsFile}.")
            : new CaseList { Cases = [.. names.Select(name => new ListedCase(name, name, Path.Combine(name, VisitsFile)))] };
    }

    private static ClinicCase Case(ListedCase listed, string root, string source, int at)
    {
        string Under(string? path, string member) =>
            string.IsNullOrWhiteSpace(path) ? throw new InvalidInputException(source, $"cases[{at}].{member}", "a path is missing here.") : Path.Combine(root, path);
        if (listed.Observations is null && listed.Measured is not { Count: > 0 })
        {
            throw new InvalidInputException(source, $"cases[{at}]", "a case needs its visits: observations or measured.");
        }

        string folder = Under(listed.Prediction, "prediction");
        PredictionDocument prediction = PredictionFile.Read(Path.Combine(folder, "prediction.json"));
        if (prediction.Ensemble is null)
        {
            throw new InvalidInputException(Path.Combine(folder, "prediction.json"), "ensemble", CourseLearner.NoBands);
        }

        EnsembleSamples samples = PlanJson.Read<EnsembleSamples>(Path.Combine(folder, PredictionOutput.SamplesFile));
        string? observations = listed.Observations is null ? null : Under(listed.Observations, "observations");
        string[] measured = [.. (listed.Measured ?? []).Select((one, index) => Under(one, $"measured[{index}]"))];
        return new ClinicCase(listed.Name, prediction, samples, Observations(observations, measured, prediction), observations ?? measured[0]);
    }
}
