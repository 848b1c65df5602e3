using Threadwell.Evidence;
using Threadwell.Geometry;

namespace Threadwell.Prediction;

/// <summary>How a prediction is computed.</summary>
public sealed record PredictionOptions
{
    /// <summary>Fewest courses of which percentiles can be told.</summary>
    public const int FewestSamples = 20;

    /// <summary>Most courses of one prediction.</summary>
    public const int MostSamples = 4096;

    /// <summary>Courses whose bands the pages show.</summary>
    public const int UsualSamples = 128;

    /// <summary>Length of the course, months; above 0, at most <see cref="CourseTimes.LongestMonths"/>.</summary>
    public double Months { get; init; } = 60;

    /// <summary>Seed in place of the plan's own; null keeps that.</summary>
    public int? Seed { get; init; }

    /// <summary>How many courses with drawn values are computed beside the single one; 0 for none.</summary>
    public int Samples { get; init; }

    /// <summary>Checks a number of courses.</summary>
    /// <param name="samples">The number.</param>
    /// <exception cref="InvalidInputException">Percentiles of so few courses say nothing, or it is too large.</exception>
    public static void CheckSamples(int samples)
    {
        if (samples is not 0 and (< FewestSamples or > MostSamples))
        {
            throw new InvalidInputException("--samples", null, $"0 or {FewestSamples} to {MostSamples} are needed: percentiles of fewer courses say nothing.");
        }
    }

    /// <summary>Edge length of the mesh on the skin, mm; null for the default of the tissue builder.</summary>
    public double? EdgeLengthMm { get; init; }

    /// <summary>Threads of execution; the result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The values of facts that it goes by.</summary>
    public FactValues Facts { get; init; } = FactValues.Catalogue;

    /// <summary>What is done in spite of the aftercare's advice; null for what the plan's degree of aftercare stands for.</summary>
    public AftercareHabits? Habits { get; init; }

    /// <summary>Which births count; all but in verification.</summary>
    public NetworkBirths Births { get; init; } = NetworkBirths.All;
}
