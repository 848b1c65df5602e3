using Threadwell.Mechanics.Equilibrium;
using Threadwell.Mechanics.Solids;
using Threadwell.Mechanics.Threads;

namespace Threadwell.Prediction;

/// <summary>
/// Carries a balanced tissue through time: at each stored time the networks and springs of the step, the threads' state, and the
/// equilibrium of all of them. The untreated course is the same without threads and deposits.
/// </summary>
internal sealed class CourseRunner
{
    private readonly TissueMechanics mechanics;
    private readonly TissueParameters parameters;
    private readonly BalancedScan balance;
    private readonly BiologyCourse biology;
    private readonly EarlyDisturbance disturbance;
    private readonly double[] timesDays;
    private readonly NetworkBirths births;
    private readonly EquilibriumOptions options;

    /// <summary>Prepares courses on one tissue.</summary>
    /// <param name="mechanics">The tissue; each run works on a copy of its model.</param>
    /// <param name="parameters">Layer parameters.</param>
    /// <param name="balance">The prestress that makes the scan an equilibrium.</param>
    /// <param name="biology">Polymer, response and ageing at the stored times.</param>
    /// <param name="disturbance">What works barbs loose in the first weeks.</param>
    /// <param name="timesDays">Stored times, days, rising from 0.</param>
    /// <param name="births">Which births count; all but in verification.</param>
    /// <param name="options">Settings of the solver.</param>
    public CourseRunner(
        TissueMechanics mechanics,
        TissueParameters parameters,
        BalancedScan balance,
        BiologyCourse biology,
        EarlyDisturbance disturbance,
        double[] timesDays,
        NetworkBirths births,
        EquilibriumOptions options)
    {
        this.mechanics = mechanics;
        this.parameters = parameters;
        this.balance = balance;
        this.biology = biology;
        this.disturbance = disturbance;
        this.timesDays = timesDays;
        this.births = births;
        this.options = options;
    }

    /// <summary>Runs one course. Two may run side by side, as long as their threads are not the same.</summary>
    /// <param name="threads">The threads; null for the untreated course.</param>
    /// <param name="deposition">Where new tissue is laid down; null for the untreated course.</param>
    /// <param name="onTime">Told the index of each stored time as it is done.</param>
    /// <param name="cancellation">Ends the run between equilibria.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="EquilibriumException">An equilibrium was not found.</exception>
    public CourseFields Run(ThreadAssembly? threads, CollagenDeposition? deposition, Action<int> onTime, CancellationToken cancellation)
    {
        var fields = new CourseFields(timesDays.Length);
        var shape = new Shape(mechanics.Mesh, options.Threads);
        var networks = new TissueNetworks(mechanics.Tissue, parameters, balance, mechanics.WedgeNormal, deposition, options.Threads);
        RemodellingSprings springs = balance.Springs.Copy();
        SolidModel model = mechanics.Model.Copy();
        balance.Restore(model);
        var solver = new EquilibriumSolver(model, threads?.System, options) { Factor = balance.Factor };
        var displacement = new double[3 * mechanics.Mesh.NodeCount];
        IReadOnlyList<Deposit> deposits = deposition?.Deposits ?? [];
        for (int time = 0; time < timesDays.Length; time++)
        {
            cancellation.ThrowIfCancellationRequested();
            double days = time == 0 ? 0 : timesDays[time] - timesDays[time - 1];
            if (time > 0)
            {
                WorkLoose(threads, time);
                networks.BeginStep(shape, biology.Step(time, deposits, births));
            }

            springs.Apply(model, displacement, parameters.GlidingTurnoverPerDay, days, births);
            networks.WriteTensor(model);
            SetThreads(threads, time);
            Extrapolate(fields, time, displacement);
            EquilibriumResult result = Settle(solver, threads, displacement, time);
            shape.Update(displacement);
            if (time > 0)
            {
                networks.FinishStep(shape);
                springs.Finish(displacement, parameters.GlidingTurnoverPerDay, days, births);
            }

            fields.Displacement[time] = [.. displacement];
            fields.Residual[time] = result.RelativeResidual;
            fields.Threads[time] = threads is null ? [] : [.. Enumerable.Range(0, threads.System.ThreadCount).Select(threads.System.Report)];
            onTime(time);
        }

        return fields;
    }

    /// <summary>
    /// Starts the search where the last step leads to, while the tissue only creeps. Once barbs begin to slip or threads to break up, the last step leads
    /// nowhere, and the search starts from the last equilibrium.
    /// </summary>
    private void Extrapolate(CourseFields fields, int time, double[] displacement)
    {
        const double LongestStretch = 2;
        if (time < 2 || Losses(fields.Threads[time - 1]) != Losses(fields.Threads[time - 2]))
        {
            return;
        }

        double stretch = Math.Min(LongestStretch, (timesDays[time] - timesDays[time - 1]) / (timesDays[time - 1] - timesDays[time - 2]));
        double[] before = fields.Displacement[time - 2];
        for (int i = 0; i < displacement.Length; i++)
        {
            displacement[i] += stretch * (displacement[i] - before[i]);
        }
    }

    /// <summary>Barbs and threads that no longer hold.</summary>
    private static int Losses(ThreadReport[] threads) => threads.Sum(report => report.SlippedBarbs + (report.Fragmented || report.Broken ? 1 : 0));

    private void WorkLoose(ThreadAssembly? threads, int time)
    {
        double share = disturbance.Loosened(timesDays[time - 1], timesDays[time]);
        for (int thread = 0; share > 0 && thread < threads?.System.ThreadCount; thread++)
        {
            biology.WorkedLoose(thread, time, threads.System.Loosen(thread, share));
        }
    }

    private void SetThreads(ThreadAssembly? threads, int time)
    {
        if (threads is null)
        {
            return;
        }

        double peakLoad = time == 0 ? 1 : disturbance.PeakLoad(timesDays[time - 1]);
        for (int thread = 0; thread < threads.System.ThreadCount; thread++)
        {
            threads.SetState(thread, biology.PolymerAt(thread, time), biology.Response(thread, atBarb: true).Collagen[time], peakLoad);
        }
    }

    private static EquilibriumResult Settle(EquilibriumSolver solver, ThreadAssembly? threads, double[] displacement, int time)
    {
        EquilibriumResult result = solver.Solve(displacement);
        if (threads is null)
        {
            return result;
        }

        threads.System.Commit(displacement);
        if (time == 0 && threads.Plan.Threads.Any(thread => thread.PullN is not null))
        {
            // The pull ended when the thread was trimmed: what the barbs hold is a new equilibrium.
            result = solver.Solve(displacement);
            threads.System.Commit(displacement);
        }

        return result;
    }
}
