using Threadwell.Biology;
using Threadwell.Evidence;
using Threadwell.Mechanics.Equilibrium;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>R2, R5 and R7 of the treated patch over time, in simulated cycles of a suction probe, with and without the treatment.</summary>
/// <remarks>
/// The patch is that of the support index. Unlike that, which compares a person with herself, its networks have the content of her age: what the numbers of skin hold for is the reference age, and
/// elastin has fragmented and collagen been lost since, or not yet. The bonds that let go within seconds belong to the ground matrix, which does not age.
/// </remarks>
internal static class SkinElasticity
{
    /// <summary>Computes both curves.</summary>
    /// <param name="both">The courses.</param>
    /// <param name="parameters">Layer parameters of the patient.</param>
    /// <param name="times">Number of stored times.</param>
    /// <param name="threads">Threads of execution; the result does not depend on it.</param>
    /// <param name="facts">Values to go by.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The curves; null where a cycle found no equilibrium, which says nothing against the course.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ElasticityDocument? Of(CourseComputation both, TissueParameters parameters, int times, int threads, FactValues facts, CancellationToken cancellation)
    {
        SuctionReadings[] treated = [], untreated = [];
        try
        {
            Parallel.Invoke(
                new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
                () => untreated = Cycles(both, treated: false, parameters, times, facts),
                () => treated = Cycles(both, treated: true, parameters, times, facts));
        }
        catch (AggregateException errors) when (errors.InnerExceptions.All(error => error is EquilibriumException))
        {
            return null;
        }

        return new ElasticityDocument
        {
            R2 = [.. treated.Select(readings => readings.R2)],
            R5 = [.. treated.Select(readings => readings.R5)],
            R7 = [.. treated.Select(readings => readings.R7)],
            UntreatedR2 = [.. untreated.Select(readings => readings.R2)],
            UntreatedR5 = [.. untreated.Select(readings => readings.R5)],
            UntreatedR7 = [.. untreated.Select(readings => readings.R7)],
        };
    }

    private static SuctionReadings[] Cycles(CourseComputation both, bool treated, TissueParameters parameters, int times, FactValues facts)
    {
        BiologyCourse biology = both.Biology;
        var skin = new SuctionSkin(parameters, facts);
        var cycle = new SuctionCycle(new SuctionBlock(both.Patch.ThicknessMm, parameters, facts), facts);
        IReadOnlyList<Deposit> deposits = treated ? both.Deposition.Deposits : [];
        double[] collagen = new double[both.Deposition.Deposits.Count], elastin = new double[collagen.Length];
        return [.. Enumerable.Range(0, times).Select(time =>
        {
            for (int deposit = 0; deposit < deposits.Count; deposit++)
            {
                TissueResponseCourse response = biology.Response(deposits[deposit].Thread, deposits[deposit].AtBarb);
                collagen[deposit] = response.Collagen[time];
                elastin[deposit] = response.Elastin[time];
            }

            return skin.Measure(
                cycle,
                biology.ContentByAge(NetworkKind.Elastin, time),
                biology.ContentByAge(NetworkKind.OriginalCollagen, time),
                layer => both.Patch.InLayer(layer, collagen),
                layer => both.Patch.InLayer(layer, elastin));
        })];
    }
}
