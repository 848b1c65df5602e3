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
    /// <param name="patch">The treated patch.</param>
    /// <param name="deposits">Deposits of the treated course.</param>
    /// <param name="biology">Masses over time.</param>
    /// <param name="parameters">Layer parameters of the patient.</param>
    /// <param name="times">Number of stored times.</param>
    /// <param name="options">Threads of execution, on which the result does not depend, and values to go by.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The curves; null where a cycle found no equilibrium, which says nothing against the course.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ElasticityDocument? Of(
        TreatedPatch patch, IReadOnlyList<Deposit> deposits, BiologyCourse biology, TissueParameters parameters, int times, PredictionOptions options, CancellationToken cancellation)
    {
        SuctionReadings[] treated = [], untreated = [];
        try
        {
            Parallel.Invoke(
                new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation },
                () => untreated = Cycles(patch, [], biology, parameters, times, options.Facts),
                () => treated = Cycles(patch, deposits, biology, parameters, times, options.Facts));
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

    private static SuctionReadings[] Cycles(TreatedPatch patch, IReadOnlyList<Deposit> deposits, BiologyCourse biology, TissueParameters parameters, int times, FactValues facts)
    {
        var skin = new SuctionSkin(parameters, facts);
        var cycle = new SuctionCycle(new SuctionBlock(patch.ThicknessMm, parameters, facts), facts);
        double[] collagen = new double[patch.DepositCount], elastin = new double[collagen.Length];
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
                layer => patch.InLayer(layer, collagen),
                layer => patch.InLayer(layer, elastin));
        })];
    }
}
