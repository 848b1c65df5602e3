namespace Threadwell.Plans;

/// <summary>The spread of many courses whose uncertain numbers were drawn from their distributions (design 3.9). The catalogue's values give the single course beside which it stands.</summary>
public sealed record EnsembleDocument
{
    /// <summary>Number of courses that the bands hold.</summary>
    public required int Samples { get; init; }

    /// <summary>Number of drawn courses that found no equilibrium and are left out.</summary>
    public required int Failed { get; init; }

    /// <summary>Number of facts that were drawn.</summary>
    public required int Facts { get; init; }

    /// <summary>Bands of each target, in the order of the single course.</summary>
    public required IReadOnlyList<LandmarkBands> Landmarks { get; init; }

    /// <summary>Band of the mean lift over the targets, mm.</summary>
    public required CurveBand MeanLiftMm { get; init; }

    /// <summary>Band of the mean treated displacement over the targets since before the treatment, mm.</summary>
    public required CurveBand MeanPositionMm { get; init; }

    /// <summary>Band of the mean untreated displacement over the targets since day 0, mm.</summary>
    public required CurveBand MeanUntreatedMm { get; init; }

    /// <summary>Band of the support index, treated.</summary>
    public required CurveBand SupportIndex { get; init; }

    /// <summary>Band of the support index, untreated.</summary>
    public required CurveBand UntreatedSupportIndex { get; init; }

    /// <summary>
    /// Band of the gain of the support index over the untreated course: of the differences course by course, which lie closer together than the two bands do. Null in predictions from before it was told.
    /// </summary>
    public CurveBand? SupportGain { get; init; }

    /// <summary>Bands of the summary.</summary>
    public required SummaryBands Summary { get; init; }

    /// <summary>The coarser model that computed the courses, and how far it is from the single course.</summary>
    public required ReducedModelFacts ReducedModel { get; init; }
}

/// <summary>Bands of one landmark.</summary>
public sealed record LandmarkBands
{
    /// <summary>Name of the landmark.</summary>
    public required string Name { get; init; }

    /// <summary>Lift, mm.</summary>
    public required CurveBand LiftMm { get; init; }

    /// <summary>Untreated displacement along the vector since day 0, mm.</summary>
    public required CurveBand UntreatedMm { get; init; }
}

/// <summary>Quantiles of many curves at each stored time.</summary>
public sealed record CurveBand
{
    /// <summary>Lower end of the 90 % band: the 5th percentile.</summary>
    public required IReadOnlyList<double> Low90 { get; init; }

    /// <summary>Lower end of the 50 % band: the 25th percentile.</summary>
    public required IReadOnlyList<double> Low50 { get; init; }

    /// <summary>Median.</summary>
    public required IReadOnlyList<double> Median { get; init; }

    /// <summary>Upper end of the 50 % band: the 75th percentile.</summary>
    public required IReadOnlyList<double> High50 { get; init; }

    /// <summary>Upper end of the 90 % band: the 95th percentile.</summary>
    public required IReadOnlyList<double> High90 { get; init; }
}

/// <summary>Quantiles of one number of the summary over many courses; null is "not reached in the time simulated", which counts as later than every time that was reached.</summary>
public sealed record NumberBand
{
    /// <summary>5th percentile.</summary>
    public required double? Low90 { get; init; }

    /// <summary>25th percentile.</summary>
    public required double? Low50 { get; init; }

    /// <summary>Median.</summary>
    public required double? Median { get; init; }

    /// <summary>75th percentile.</summary>
    public required double? High50 { get; init; }

    /// <summary>95th percentile.</summary>
    public required double? High90 { get; init; }
}

/// <summary>Bands of the numbers of <see cref="PredictionSummary"/>.</summary>
public sealed record SummaryBands
{
    /// <summary>Mean lift over the targets on day 0, mm.</summary>
    public required NumberBand LiftNowMm { get; init; }

    /// <summary>Half-life of the lift, months.</summary>
    public required NumberBand LiftHalfLifeMonths { get; init; }

    /// <summary>End of the measurable lift, months.</summary>
    public required NumberBand LiftEndMonths { get; init; }

    /// <summary>End of the visible lift, months.</summary>
    public required NumberBand VisibleLiftEndMonths { get; init; }

    /// <summary>Largest gain of the support index over the untreated course.</summary>
    public required NumberBand LargestSupportGain { get; init; }

    /// <summary>Half-life of the gain of support, months.</summary>
    public required NumberBand SupportHalfLifeMonths { get; init; }

    /// <summary>End of the support, months.</summary>
    public required NumberBand SupportEndMonths { get; init; }

    /// <summary>Return to the position before treatment, months.</summary>
    public required NumberBand BackToDayZeroMonths { get; init; }
}

/// <summary>
/// The coarser model: the same equations on fewer elements and stored times. Its courses are shifted so that the one with the catalogue's values is the single course itself; how far it had
/// to be shifted is its error, measured in this very prediction.
/// </summary>
public sealed record ReducedModelFacts
{
    /// <summary>Nodes.</summary>
    public required int Nodes { get; init; }

    /// <summary>Mean edge length on the skin, mm.</summary>
    public required double EdgeLengthMm { get; init; }

    /// <summary>Largest share by which its lift on day 0 differed from the single course at a target, before it was scaled to it.</summary>
    public required double LiftScaleError { get; init; }

    /// <summary>Largest difference of its lift from the single course at a target and a stored time, after it was scaled, mm.</summary>
    public required double LiftErrorMm { get; init; }

    /// <summary>Largest difference of its support index from the single course.</summary>
    public required double SupportError { get; init; }
}
