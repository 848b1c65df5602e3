using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Plans;

namespace Threadwell.Reports.Learning;

/// <summary>
/// What the page that explains a thread lift shows: stored runs of the engine on a virtual patient, as curves and as the places of threads in its pictures
/// (<c>docs/learn.md</c>). Curves run over <see cref="LearnRun.Days"/> or <see cref="LearnRun.TimesDays"/>, one entry a time.
/// </summary>
public sealed record LearnStory
{
    /// <summary>Version of the file.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Version of the model that computed it.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>The virtual patient.</summary>
    public required LearnPatient Patient { get; init; }

    /// <summary>Area of the plan.</summary>
    public required TreatmentArea Area { get; init; }

    /// <summary>Length of the courses, months.</summary>
    public required double Months { get; init; }

    /// <summary>The face and what is drawn over it.</summary>
    public required LearnFace Face { get; init; }

    /// <summary>The tissue cut open along a thread.</summary>
    public required LearnSection Section { get; init; }

    /// <summary>The runs: the story's own first, then another material to compare.</summary>
    public required IReadOnlyList<LearnRun> Runs { get; init; }
}

/// <summary>The virtual patient of the story.</summary>
/// <param name="AgeYears">Age in years.</param>
/// <param name="Sex">Biological sex.</param>
/// <param name="Laxity">Laxity of the skin.</param>
/// <param name="Seed">Which person.</param>
public sealed record LearnPatient(double AgeYears, Sex Sex, Laxity Laxity, int Seed);

/// <summary>One course of the engine.</summary>
public sealed record LearnRun
{
    /// <summary>Material of the threads.</summary>
    public required ThreadMaterial Material { get; init; }

    /// <summary>Hash of what the course was computed from, as in its prediction.</summary>
    public required string InputSha256 { get; init; }

    /// <summary>Seed of the plan.</summary>
    public required int Seed { get; init; }

    /// <summary>Courses behind the bands; 0 for none.</summary>
    public required int Samples { get; init; }

    /// <summary>Diameter of a thread, mm.</summary>
    public required double DiameterMm { get; init; }

    /// <summary>Number of threads, both sides.</summary>
    public required int Threads { get; init; }

    /// <summary>Barbs of the thread that is cut open.</summary>
    public required int Barbs { get; init; }

    /// <summary>Its largest tension on day 0, N.</summary>
    public required double TensionN { get; init; }

    /// <summary>The few numbers that answer "how much" and "how long".</summary>
    public required PredictionSummary Summary { get; init; }

    /// <summary>Times of lift and support, days.</summary>
    public required IReadOnlyList<double> TimesDays { get; init; }

    /// <summary>Mean lift over the landmarks, mm.</summary>
    public required IReadOnlyList<double> LiftMm { get; init; }

    /// <summary>Mean untreated displacement along the planned vectors since day 0, mm.</summary>
    public required IReadOnlyList<double> UntreatedMm { get; init; }

    /// <summary>Support index, treated.</summary>
    public required IReadOnlyList<double> Support { get; init; }

    /// <summary>Support index, untreated.</summary>
    public required IReadOnlyList<double> UntreatedSupport { get; init; }

    /// <summary>Nine in ten of the possible courses have lost half of their lift between these months; null without bands, and where the later one is beyond the time simulated.</summary>
    public IReadOnlyList<double?>? HalfLifeBand { get; init; }

    /// <summary>Band of the lift; null without bands.</summary>
    public CurveBand? LiftBand { get; init; }

    /// <summary>Band of the treated support index.</summary>
    public CurveBand? SupportBand { get; init; }

    /// <summary>Times of the curves of polymer and tissue, days.</summary>
    public required IReadOnlyList<double> Days { get; init; }

    /// <summary>Strength of the thread relative to day 0.</summary>
    public required IReadOnlyList<double> Strength { get; init; }

    /// <summary>Mass of the thread relative to day 0.</summary>
    public required IReadOnlyList<double> Mass { get; init; }

    /// <summary>Macrophages that clear up, relative to the largest value of any macrophages of the story's own run.</summary>
    public required IReadOnlyList<double> Inflammation { get; init; }

    /// <summary>Macrophages that repair, relative to the same.</summary>
    public required IReadOnlyList<double> Repair { get; init; }

    /// <summary>TGF-beta, relative to its largest value in the story's own run.</summary>
    public required IReadOnlyList<double> GrowthFactor { get; init; }

    /// <summary>Fibroblasts and myofibroblasts, relative to their largest value in the story's own run.</summary>
    public required IReadOnlyList<double> Fibroblasts { get; init; }

    /// <summary>New collagen at a barb, mg per mm of thread.</summary>
    public required IReadOnlyList<double> CollagenAtBarb { get; init; }

    /// <summary>New collagen between barbs, mg per mm of thread.</summary>
    public required IReadOnlyList<double> CollagenBetween { get; init; }

    /// <summary>Pictures of the face with the lift in colour, by month.</summary>
    public required IReadOnlyList<LearnFrame> Frames { get; init; }
}

/// <summary>A picture of the face at a time.</summary>
/// <param name="Month">Months since the treatment.</param>
/// <param name="Picture">File name.</param>
public sealed record LearnFrame(double Month, string Picture);

/// <summary>The face from three quarters, with what is drawn over it in pixels of its pictures.</summary>
public sealed record LearnFace
{
    /// <summary>Width of the pictures, pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the pictures, pixels.</summary>
    public required int Height { get; init; }

    /// <summary>The face before the treatment.</summary>
    public required string Before { get; init; }

    /// <summary>Value of the strongest colour, mm.</summary>
    public required double ScaleMm { get; init; }

    /// <summary>Colours of the scale from 0 to its end, as "#rrggbb".</summary>
    public required IReadOnlyList<string> ScaleColours { get; init; }

    /// <summary>Threads that this side shows.</summary>
    public required IReadOnlyList<LearnThread> Threads { get; init; }

    /// <summary>How places of the skin move on day 0: x and y before, x and y after.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Shifts { get; init; }
}

/// <summary>A thread on the picture of the face.</summary>
/// <param name="Id">Its name in the plan.</param>
/// <param name="Points">Points from entry to exit: x, y, x, y, …</param>
/// <param name="Barbs">A row a barb: x, y of its foot, and x, y of the direction along the thread to which its free end points, of unit length.</param>
public sealed record LearnThread(string Id, IReadOnlyList<double> Points, IReadOnlyList<IReadOnlyList<double>> Barbs);

/// <summary>The tissue cut open along a thread.</summary>
public sealed record LearnSection
{
    /// <summary>Name of the thread in the plan.</summary>
    public required string Thread { get; init; }

    /// <summary>Length along the thread, mm.</summary>
    public required double LengthMm { get; init; }

    /// <summary>Depth below the skin, mm.</summary>
    public required double DepthMm { get; init; }

    /// <summary>Places along the section, mm.</summary>
    public required IReadOnlyList<double> AlongMm { get; init; }

    /// <summary>Depth at which skin, superficial fat, SMAS and deep fat end at each place, mm.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> LayerEndsMm { get; init; }

    /// <summary>Depth of the thread at each place, mm.</summary>
    public required IReadOnlyList<double> ThreadDepthMm { get; init; }

    /// <summary>A row a barb: its place along the section in mm, and the side of its free end.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Barbs { get; init; }

    /// <summary>Map of the new collagen that lies at barbs, strongest where it is strongest.</summary>
    public required string AtBarbs { get; init; }

    /// <summary>Map of the new collagen that lies between barbs.</summary>
    public required string BetweenBarbs { get; init; }

    /// <summary>Concentration where the map of barbs is strongest, mg/mm³ for 1 mg per mm of thread.</summary>
    public required double HighestAtBarbs { get; init; }

    /// <summary>The same of the map between barbs.</summary>
    public required double HighestBetween { get; init; }
}
