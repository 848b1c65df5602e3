using Threadwell.Evidence;

namespace Threadwell.Trials.Validation;

/// <summary>What a target is there for.</summary>
public enum ValidationUse
{
    /// <summary>Counts: the model is held against it.</summary>
    Counted,

    /// <summary>Held against the model too, but none of the list: it does not count.</summary>
    Independent,

    /// <summary>Shown beside the model, but not comparable with it, as its remark says; it neither passes nor fails.</summary>
    Shown,

    /// <summary>Checks that a published number was entered as it stands; it says nothing of the model.</summary>
    DataEntry,
}

/// <summary>One value of a target, and the range that was published for it.</summary>
/// <param name="What">What it is.</param>
/// <param name="Low">Lower end of the published range; null for none.</param>
/// <param name="High">Upper end; null for none.</param>
/// <param name="Unit">Unit of all three ("mm", "1", "%").</param>
/// <param name="Read">Reads the model's value from the results of the target's trial.</param>
internal sealed record TargetValue(string What, double? Low, double? High, string Unit, Func<TrialResult, double> Read)
{
    /// <summary>The published value within the range; null where a range or words were published.</summary>
    public double? Published { get; init; }

    /// <summary>A published value with a range round it.</summary>
    /// <param name="what">What it is.</param>
    /// <param name="published">The published value.</param>
    /// <param name="either">How far from it still passes, in the same unit.</param>
    /// <param name="unit">Unit.</param>
    /// <param name="read">Reads the model's value.</param>
    public static TargetValue Round(string what, double published, double either, string unit, Func<TrialResult, double> read) => new(what, published - either, published + either, unit, read) { Published = published };
}

/// <summary>A published measurement that the model is held against, under its own conditions.</summary>
/// <param name="Id">Its id in the list of targets ("V-01").</param>
/// <param name="Quantity">What was measured.</param>
/// <param name="Conditions">Material, anchoring, endpoint, species.</param>
/// <param name="Published">What was published, and the range that counts as a pass.</param>
/// <param name="Sources">Rows of the evidence catalogue.</param>
/// <param name="Use">What it is there for.</param>
/// <param name="Trial">What is computed.</param>
/// <param name="Values">What is compared.</param>
internal sealed record ValidationTarget(
    string Id, string Quantity, string Conditions, string Published, IReadOnlyList<string> Sources, ValidationUse Use, Trial Trial, IReadOnlyList<TargetValue> Values)
{
    /// <summary>Facts that were set by this target, or rest on the same publication, so that it says nothing new of them; empty where there are none.</summary>
    public IReadOnlyList<string> FittedFacts { get; init; } = [];

    /// <summary>The fitted facts as they would stand without this target, and by what; null where nothing was fitted to it, or nothing else says how they stand.</summary>
    public LeftOut? LeftOut { get; init; }

    /// <summary>What a reader must know; empty for nothing.</summary>
    public string Remark { get; init; } = "";
}

/// <summary>Facts as they would stand without a target.</summary>
/// <param name="Facts">Their values, by name, in their units.</param>
/// <param name="By">What says so in the target's place.</param>
internal sealed record LeftOut(IReadOnlyDictionary<string, double> Facts, string By);

/// <summary>One value of the model beside its published range.</summary>
public sealed record ValidationValue
{
    /// <summary>What it is.</summary>
    public required string What { get; init; }

    /// <summary>Lower end of the published range; null for none.</summary>
    public required double? Low { get; init; }

    /// <summary>Upper end of the published range; null for none.</summary>
    public required double? High { get; init; }

    /// <summary>Unit of all three.</summary>
    public required string Unit { get; init; }

    /// <summary>The model's value.</summary>
    public required double Model { get; init; }

    /// <summary>The model's value where this target is left out of the fit; null where nothing was fitted to it, or nothing else says how it stands.</summary>
    public double? WithoutFit { get; init; }

    /// <summary>Whether the model's value lies in the range; null where it is only shown.</summary>
    public required bool? Passed { get; init; }

    /// <summary>5th percentile of the model's value over draws of every uncertain fact; null where nothing was drawn.</summary>
    public double? BandLow { get; init; }

    /// <summary>95th percentile; null where nothing was drawn.</summary>
    public double? BandHigh { get; init; }

    /// <summary>Whether the published range and the band have a value in common; null where nothing was drawn.</summary>
    public bool? Overlaps => BandLow is { } low && BandHigh is { } high ? !(high < Low) && !(low > High) : null;
}

/// <summary>A target with what the model says.</summary>
public sealed record ValidationOutcome
{
    /// <summary>Id of the target.</summary>
    public required string Id { get; init; }

    /// <summary>What was measured.</summary>
    public required string Quantity { get; init; }

    /// <summary>Material, anchoring, endpoint, species.</summary>
    public required string Conditions { get; init; }

    /// <summary>What was published.</summary>
    public required string Published { get; init; }

    /// <summary>Rows of the evidence catalogue.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>What the target is there for.</summary>
    public required ValidationUse Use { get; init; }

    /// <summary>Facts that were set by this target or rest on the same publication.</summary>
    public required IReadOnlyList<string> FittedFacts { get; init; }

    /// <summary>What the values without the fit rest on; empty where there are none.</summary>
    public required string WithoutFitBy { get; init; }

    /// <summary>What a reader must know; empty for nothing.</summary>
    public required string Remark { get; init; }

    /// <summary>What is compared.</summary>
    public required IReadOnlyList<ValidationValue> Values { get; init; }

    /// <summary>How many draws are behind its bands; 0 for none.</summary>
    public int Draws { get; init; }

    /// <summary>How many draws were left out because an equilibrium was not found with them.</summary>
    public int FailedDraws { get; init; }

    /// <summary>What the trials say.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Whether all of its values lie in their ranges; null where it is only shown.</summary>
    public bool? Passed => Use == ValidationUse.Shown ? null : Values.All(value => value.Passed == true);
}

/// <summary>The model held against published measurements. Its file form is documented in <c>docs/formats/validation.md</c>.</summary>
public sealed record ValidationReport
{
    /// <summary>Version of the file form; 1 now.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Version of the model.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>How many draws were asked for behind the bands; 0 for none.</summary>
    public int Samples { get; init; }

    /// <summary>Every target, in the order of the list.</summary>
    public required IReadOnlyList<ValidationOutcome> Targets { get; init; }

    /// <summary>How many targets count and pass.</summary>
    public int Passed => Targets.Count(target => target is { Use: ValidationUse.Counted, Passed: true });

    /// <summary>How many targets count and fail.</summary>
    public int Failed => Targets.Count(target => target is { Use: ValidationUse.Counted, Passed: false });

    /// <summary>How many assumptions of the model were set by targets.</summary>
    public int FittedFacts => Set().Count(fact => fact.Grade == EvidenceGrade.Assumption);

    /// <summary>How many published numbers of the model rest on the same publications as targets.</summary>
    public int DerivedFacts => Set().Count(fact => fact.Grade != EvidenceGrade.Assumption);

    private IEnumerable<Fact> Set() => Targets.SelectMany(target => target.FittedFacts).Distinct(StringComparer.Ordinal).Select(EvidenceCatalogue.Get);
}
