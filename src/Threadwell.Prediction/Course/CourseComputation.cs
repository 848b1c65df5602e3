using Threadwell.Anatomy;
using Threadwell.Anatomy.Tissue;
using Threadwell.Evidence;
using Threadwell.Mechanics.Equilibrium;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>Both courses of a plan in a tissue that is built, with what was computed on the way to them.</summary>
internal sealed class CourseComputation
{
    private CourseComputation()
    {
    }

    /// <summary>The tissue as the solver took it.</summary>
    public required TissueMechanics Mechanics { get; init; }

    /// <summary>Polymer and response at the stored times.</summary>
    public required BiologyCourse Biology { get; init; }

    /// <summary>The threads, in their last state.</summary>
    public required ThreadAssembly Threads { get; init; }

    /// <summary>Where new tissue is laid down.</summary>
    public required CollagenDeposition Deposition { get; init; }

    /// <summary>Where support is measured.</summary>
    public required TreatedPatch Patch { get; init; }

    /// <summary>The treated course.</summary>
    public required CourseFields Treated { get; init; }

    /// <summary>The untreated course.</summary>
    public required CourseFields Untreated { get; init; }

    /// <summary>Support index of the treated course.</summary>
    public required double[] Support { get; init; }

    /// <summary>Support index of the untreated course.</summary>
    public required double[] UntreatedSupport { get; init; }

    /// <summary>Computes both courses.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="tissue">The tissue.</param>
    /// <param name="timesDays">Stored times, days, rising from 0.</param>
    /// <param name="options">Threads of execution, values to go by, births.</param>
    /// <param name="solver">Settings of the solver.</param>
    /// <param name="progress">Told how far it has come; null for nobody.</param>
    /// <param name="cancellation">Ends it between equilibria.</param>
    /// <param name="skin">What the course owes to the skin alone, computed with the same tissue, times and solver and with the same values of everything that is the skin's; null where it is computed here.</param>
    /// <exception cref="EquilibriumException">An equilibrium was not found.</exception>
    /// <exception cref="ScanBalanceException">The scan could not be balanced under gravity.</exception>
    /// <exception cref="Biology.IntegrationException">The tissue response could not be followed in time.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static CourseComputation Run(
        ThreadPlan plan,
        LayeredTissue tissue,
        double[] timesDays,
        PredictionOptions options,
        EquilibriumOptions solver,
        IProgress<CourseProgress>? progress,
        CancellationToken cancellation,
        SkinCourse? skin = null)
    {
        progress?.Report(new CourseProgress(0.03, "Setting the threads"));
        Preparation prepared = Prepare(plan, tissue, timesDays, options, skin);
        (TissueMechanics mechanics, TissueParameters parameters, BiologyCourse biology, CollagenDeposition deposition) = (prepared.Mechanics, prepared.Parameters, prepared.Biology, prepared.Deposition);
        var threads = new ThreadAssembly(prepared.Plan, prepared.Laid, prepared.Placer, mechanics.Mesh.NodeCount, options.Facts);
        cancellation.ThrowIfCancellationRequested();

        progress?.Report(new CourseProgress(0.05, "Balancing the scan under gravity"));
        BalancedScan balance = skin?.Balance ?? BalancedScan.Find(mechanics, parameters, solver);
        cancellation.ThrowIfCancellationRequested();

        var runner = new CourseRunner(mechanics, parameters, balance, biology, prepared.Disturbance, timesDays, options.Births, solver);
        void OnTime(int time) => Tell(progress, time, timesDays);
        (CourseFields untreated, CourseFields treated) = skin is null
            ? RunBoth(runner, threads, deposition, OnTime, options.Threads, cancellation)
            : (skin.Untreated, runner.Run(threads, deposition, OnTime, cancellation));

        progress?.Report(new CourseProgress(0.96, "Measuring support"));
        (double[] support, double[] untreatedSupport) = SupportIndex.Of(prepared.Patch, deposition.Deposits, biology, parameters, timesDays.Length, options.Facts, solver);
        return new CourseComputation
        {
            Mechanics = mechanics,
            Biology = biology,
            Threads = threads,
            Deposition = deposition,
            Patch = prepared.Patch,
            Treated = treated,
            Untreated = untreated,
            Support = support,
            UntreatedSupport = untreatedSupport,
        };
    }

    /// <summary>Support of both courses without their mechanics: all of it but for the new injury where barbs are worked loose, in a small part of the time.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="tissue">The tissue.</param>
    /// <param name="timesDays">Stored times, days, rising from 0.</param>
    /// <param name="options">Values to go by.</param>
    /// <param name="solver">Settings of the course's own equilibria.</param>
    /// <exception cref="EquilibriumException">An equilibrium of the simulated suction was not found.</exception>
    /// <exception cref="Biology.IntegrationException">The tissue response could not be followed in time.</exception>
    public static (double[] Treated, double[] Untreated) SupportOf(ThreadPlan plan, LayeredTissue tissue, double[] timesDays, PredictionOptions options, EquilibriumOptions solver)
    {
        Preparation prepared = Prepare(plan, tissue, timesDays, options);
        return SupportIndex.Of(prepared.Patch, prepared.Deposition.Deposits, prepared.Biology, prepared.Parameters, timesDays.Length, options.Facts, solver);
    }

    /// <summary>Elasticity of both courses without their mechanics; like support it leaves out the new injury where barbs are worked loose.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="tissue">The tissue.</param>
    /// <param name="timesDays">Stored times, days, rising from 0.</param>
    /// <param name="options">Threads of execution, habits and values to go by.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The curves; null where a cycle of suction found no equilibrium.</returns>
    /// <exception cref="Biology.IntegrationException">The tissue response could not be followed in time.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ElasticityDocument? ElasticityOf(ThreadPlan plan, LayeredTissue tissue, double[] timesDays, PredictionOptions options, CancellationToken cancellation)
    {
        Preparation prepared = Prepare(plan, tissue, timesDays, options);
        return SkinElasticity.Of(prepared.Patch, prepared.Deposition.Deposits, prepared.Biology, prepared.Parameters, timesDays.Length, options, cancellation);
    }

    private static Preparation Prepare(ThreadPlan plan, LayeredTissue tissue, double[] timesDays, PredictionOptions options, SkinCourse? skin = null)
    {
        FactValues facts = options.Facts;
        var probe = new TissueProbe(tissue);
        plan = TechniqueErrors.Apply(plan, point => tissue.Skin.TriangleAreaVector(probe.Embed(point).Triangle).Normalized(), facts);
        TissueParameters parameters = skin?.Parameters ?? TissueParameters.For(plan.Patient, facts);
        TissueMechanics mechanics = skin?.Mechanics ?? new TissueMechanics(tissue, parameters);
        var disturbance = new EarlyDisturbance(options.Habits ?? AftercareHabits.Of(plan.Aftercare), facts);
        var biology = new BiologyCourse(plan, timesDays, disturbance.Response, facts);
        var placer = new ThreadPlacer(mechanics, probe, facts);
        LaidThread[] laid = [.. plan.Threads.Select(placer.Lay)];
        double[] volumes = mechanics.Mesh.PointVolumes();
        CollagenDeposition deposition = Deposit([.. laid.SelectMany((thread, index) => thread.Deposits(index, facts))], mechanics, volumes, facts);
        return new Preparation(plan, parameters, mechanics, disturbance, biology, placer, laid, deposition, new TreatedPatch(mechanics, deposition, volumes, facts));
    }

    /// <summary>
    /// Runs the untreated course beside the treated one, which takes longer: where one of them waits for a serial part, the other computes.
    /// </summary>
    private static (CourseFields Untreated, CourseFields Treated) RunBoth(
        CourseRunner runner, ThreadAssembly threads, CollagenDeposition deposition, Action<int> onTime, int executionThreads, CancellationToken cancellation)
    {
        if (executionThreads == 1)
        {
            return (runner.Run(null, null, _ => { }, cancellation), runner.Run(threads, deposition, onTime, cancellation));
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task<CourseFields> untreated = Task.Run(() => runner.Run(null, null, _ => { }, either.Token), CancellationToken.None);
        CourseFields treated;
        try
        {
            treated = runner.Run(threads, deposition, onTime, either.Token);
        }
        catch
        {
            either.Cancel();
            Task.WaitAny([untreated], CancellationToken.None);
            throw;
        }

        return (untreated.GetAwaiter().GetResult(), treated);
    }

    private static CollagenDeposition Deposit(IReadOnlyList<Deposit> deposits, TissueMechanics mechanics, double[] volumes, FactValues facts)
    {
        var inSkin = new bool[mechanics.Mesh.PointCount];
        for (int wedge = 0; wedge < mechanics.Mesh.ElementCount; wedge++)
        {
            inSkin.AsSpan()[mechanics.Mesh.PointStart[wedge]..mechanics.Mesh.PointStart[wedge + 1]].Fill(mechanics.LayerOf(wedge) == TissueLayer.Skin);
        }

        return new CollagenDeposition(
            deposits,
            mechanics.Mesh.PointPositions(),
            volumes,
            inSkin,
            facts.Value("tissue.deposition-radius", "mm"),
            facts.Value("tissue.deposition-dermal-share", "1"),
            facts.Value("tissue.deposition-dermal-radius", "mm"));
    }

    private static void Tell(IProgress<CourseProgress>? progress, int time, double[] timesDays) =>
        progress?.Report(new CourseProgress(
            0.15 + (0.8 * (time + 1) / timesDays.Length),
            $"Month {timesDays[time] / CourseTimes.DaysPerMonth:0} of {timesDays[^1] / CourseTimes.DaysPerMonth:0}, with and without the threads"));

    /// <summary>What is known of both courses before any equilibrium.</summary>
    private sealed record Preparation(
        ThreadPlan Plan,
        TissueParameters Parameters,
        TissueMechanics Mechanics,
        EarlyDisturbance Disturbance,
        BiologyCourse Biology,
        ThreadPlacer Placer,
        LaidThread[] Laid,
        CollagenDeposition Deposition,
        TreatedPatch Patch);
}
