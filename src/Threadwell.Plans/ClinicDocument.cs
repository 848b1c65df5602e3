using System.Text.Json.Serialization;

namespace Threadwell.Plans;

/// <summary>What the measured patients of one clinic say of its lifts beside their predictions, as it is written to <c>clinic.json</c> (<c>docs/formats/clinic.md</c>).</summary>
public sealed record ClinicDocument
{
    /// <summary>Version of the file form; 1 now.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Version of the model that computed the predictions; it holds for no other.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>Hash of the names of the uncertain facts behind the predictions and of the values and ranges that the catalogue had when it was learned; it holds for no others. 64 lower-case hexadecimal digits.</summary>
    public required string FactsSha256 { get; init; }

    /// <summary>How many patients were measured.</summary>
    public required int Patients { get; init; }

    /// <summary>How many measurements of landmarks there were.</summary>
    public required int Measurements { get; init; }

    /// <summary>What was believed of any clinic and treatment before.</summary>
    public required ClinicBelief Prior { get; init; }

    /// <summary>What is believed of each treatment of which there were patients, by name.</summary>
    public required IReadOnlyList<TreatmentBelief> Treatments { get; init; }

    /// <summary>What is believed of a treatment of which there were none.</summary>
    public required ClinicBelief Other { get; init; }

    /// <summary>Each patient as the others foretell her.</summary>
    public required IReadOnlyList<ClinicPatient> Cases { get; init; }

    /// <summary>Whether the patients are as the others foretell them.</summary>
    public required ClinicFit Fit { get; init; }
}

/// <summary>What is believed of the lifts of a treatment: both logarithms are normal.</summary>
/// <param name="LogRatio">Mean of the natural logarithm of lift over predicted lift.</param>
/// <param name="LogRatioDeviation">Its standard deviation, above 0.</param>
/// <param name="LogScatter">Mean of the natural logarithm of how widely patients scatter round their predictions, relative to the bands.</param>
/// <param name="LogScatterDeviation">Its standard deviation, above 0.</param>
public sealed record ClinicBelief(double LogRatio, double LogRatioDeviation, double LogScatter, double LogScatterDeviation)
{
    // 95th percentile of the standard normal distribution.
    private const double Deviations = 1.6448536269514722;

    /// <summary>Where nine in ten lie of a factor whose logarithm is normal.</summary>
    /// <param name="log">Middle of the logarithm.</param>
    /// <param name="deviation">Its standard deviation.</param>
    /// <returns>5th and 95th percentile of the factor.</returns>
    public static (double Low, double High) NineInTen(double log, double deviation) => (Math.Exp(log - (Deviations * deviation)), Math.Exp(log + (Deviations * deviation)));
}

/// <summary>What is believed of one treatment.</summary>
/// <param name="Treatment">Area and material ("jawline/pdo"); empty where the predictions do not name them.</param>
/// <param name="Patients">How many patients had it.</param>
/// <param name="Belief">What is believed.</param>
public sealed record TreatmentBelief(string Treatment, int Patients, ClinicBelief Belief);

/// <summary>A patient as the others foretell her.</summary>
/// <param name="Name">Name of the case.</param>
/// <param name="InputSha256">Hash of what was predicted: she is in what was learned, and is not moved by it again.</param>
/// <param name="Treatment">Area and material.</param>
/// <param name="Beyond">Share of what was foretold of all her measurements together that is nearer to the middle: near 1 she is unlike the others.</param>
/// <param name="Visits">Each visit.</param>
public sealed record ClinicPatient(string Name, string InputSha256, string Treatment, double Beyond, IReadOnlyList<ClinicVisit> Visits);

/// <summary>A visit as the other patients foretell it: the mean over the landmarks that were measured.</summary>
/// <param name="Day">Days since the treatment.</param>
/// <param name="PositionMm">Measured, mm.</param>
/// <param name="ForetoldMm">Mean of what was foretold, errors of the measurement included, mm.</param>
/// <param name="DeviationMm">Its standard deviation, mm.</param>
/// <param name="Share">Share of what was foretold that lies below the measured value.</param>
public sealed record ClinicVisit(double Day, double PositionMm, double ForetoldMm, double DeviationMm, double Share);

/// <summary>What does not fit.</summary>
public enum ClinicMisfit
{
    /// <summary>More patients are unlike the others than should be.</summary>
    [JsonStringEnumMemberName("scatter")]
    Scatter,

    /// <summary>Visits of the first three months lie above or below what is foretold, together.</summary>
    [JsonStringEnumMemberName("early")]
    Early,

    /// <summary>Visits of the fourth to the ninth month do.</summary>
    [JsonStringEnumMemberName("middle")]
    Middle,

    /// <summary>Visits after the ninth month do.</summary>
    [JsonStringEnumMemberName("late")]
    Late,

    /// <summary>The lifts are further from the prediction than can be believed of any clinic.</summary>
    [JsonStringEnumMemberName("range")]
    Range,
}

/// <summary>Whether the patients are as the others foretell them.</summary>
public sealed record ClinicFit
{
    /// <summary>Number of visits.</summary>
    public required int Visits { get; init; }

    /// <summary>Share of the visits inside the foretold 50 %.</summary>
    public required double Inside50 { get; init; }

    /// <summary>Share of the visits inside the foretold 90 %.</summary>
    public required double Inside90 { get; init; }

    /// <summary>How many visits lie in each tenth of what was foretold.</summary>
    public required IReadOnlyList<int> Tenths { get; init; }

    /// <summary>How many patients lie outside 90 % of what was foretold of all their measurements.</summary>
    public required int PatientsBeyond { get; init; }

    /// <summary>Chance that as many or more would, if they were as foretold.</summary>
    public required double ChanceOfBeyond { get; init; }

    /// <summary>Whether they fit; null where there are too few patients to tell.</summary>
    public required bool? Fits { get; init; }

    /// <summary>What does not.</summary>
    public required IReadOnlyList<ClinicMisfit> Misfits { get; init; }
}

/// <summary>What a clinic's patients moved in a prediction.</summary>
/// <param name="Patients">How many patients of the clinic were learned from.</param>
/// <param name="TreatedAlike">How many of them had the same treatment.</param>
/// <param name="Belief">What was believed and applied.</param>
/// <param name="Fits">Whether the clinic's patients fit the recalibrated model; null where there were too few to tell.</param>
public sealed record ClinicSource(int Patients, int TreatedAlike, ClinicBelief Belief, bool? Fits);
