namespace Threadwell.Prediction;

/// <summary>
/// What is foretold of pairs whose courses were computed, each by what was learned without it (cross-fitting), and of many further pairs: both stray from the courses in the same way, so that
/// what the first come to less than the second is chance.
/// </summary>
/// <param name="Own">Numbers of the computed pairs: [pair][course][number].</param>
/// <param name="Further">Numbers of further pairs.</param>
internal sealed record ForetoldPairs(double[][][] Own, double[][][] Further)
{
    /// <summary>Pairs below which too little is learned to foretell others.</summary>
    public const int FewestPairs = 60;

    // So many that their own chance hardly shows; they take some seconds.
    private const int UsualFurther = 8192;

    // What is learned from seven eighths is nearly as good as from all.
    private const int Folds = 8;

    /// <summary>Foretells. The result does not depend on how many threads there are.</summary>
    /// <param name="draws">The draws.</param>
    /// <param name="pairs">The pairs whose courses were computed; what is kept of these is what is foretold.</param>
    /// <param name="timesDays">Stored times of the courses, days.</param>
    /// <param name="threads">Threads of execution.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="beyond">Number of further pairs.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ForetoldPairs Of(CauseDraws draws, CauseDraws.Pair[] pairs, double[] timesDays, int threads, CancellationToken cancellation, int beyond = UsualFurther)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        double[][][] rows = RowsOf(draws, [.. pairs.Select(pair => pair.Point)], timesDays, parallel);
        double[][][] own = new double[pairs.Length][][], further = new double[beyond][][];
        Parallel.For(0, Folds, parallel, fold =>
        {
            // Blocks, not every eighth pair: those of a Sobol sequence lie together in one corner of the cube.
            int from = fold * pairs.Length / Folds, until = (fold + 1) * pairs.Length / Folds;
            int[] learned = [.. Enumerable.Range(0, pairs.Length).Where(pair => pair < from || pair >= until)];
            CourseForecast forecast = CourseForecast.Of([.. learned.SelectMany(pair => rows[pair])], [.. learned.SelectMany(pair => pairs[pair].Values)]);
            forecast.Numbers([.. rows[from..until].SelectMany(row => row)]).Chunk(CauseDraws.Courses).ToArray().CopyTo(own, from);

            // Points of the same sequence, beyond all that can be asked for.
            int first = fold * beyond / Folds, count = ((fold + 1) * beyond / Folds) - first;
            double[][][] others = RowsOf(draws, [.. Enumerable.Range(PredictionOptions.MostSamples + first, count)], timesDays, new ParallelOptions { MaxDegreeOfParallelism = 1, CancellationToken = cancellation });
            forecast.Numbers([.. others.SelectMany(row => row)]).Chunk(CauseDraws.Courses).ToArray().CopyTo(further, first);
        });
        return new ForetoldPairs(own, further);
    }

    private static double[][][] RowsOf(CauseDraws draws, int[] points, double[] timesDays, ParallelOptions parallel)
    {
        var rows = new double[points.Length][][];
        Parallel.For(0, points.Length, parallel, pair =>
        {
            CauseInputs a = draws.Inputs(points[pair], ofB: false, timesDays), b = draws.Inputs(points[pair], ofB: true, timesDays);
            rows[pair] = [.. Enumerable.Range(0, CauseDraws.Courses).Select(course => CauseInputs.Row(a, b, course))];
        });
        return rows;
    }
}
