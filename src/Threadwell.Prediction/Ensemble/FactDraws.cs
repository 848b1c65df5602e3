using Threadwell.Evidence;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>
/// Values of the uncertain facts, drawn many times, for bands round what several patients or bench tests say together. What is not known of threads and tissue is one and the same for all of them; how exactly a
/// treatment was done is its own.
/// </summary>
public sealed class FactDraws
{
    private readonly SobolSequence shared;
    private readonly SobolSequence[] treatments;
    private readonly Fact[] facts;
    private readonly Dictionary<int, int> technique;

    /// <summary>Prepares the draws.</summary>
    /// <param name="seed">Seed; the same gives the same values.</param>
    /// <param name="treatments">How many treatments have errors of their own, at least 1.</param>
    /// <param name="also">Facts that are drawn beside those of a prediction, such as numbers of animals.</param>
    /// <exception cref="KeyNotFoundException">No fact has such a name.</exception>
    public FactDraws(int seed, int treatments, params IReadOnlyList<string> also)
    {
        facts = [.. UncertainFacts.All.Select(uncertain => uncertain.Fact), .. also.Select(EvidenceCatalogue.Get)];
        technique = UncertainFacts.All.Index().Where(one => one.Item.Cause == Cause.Technique).Select((one, at) => (one.Index, at)).ToDictionary(pair => pair.Index, pair => pair.at);
        shared = new SobolSequence(facts.Length, seed);
        this.treatments = [.. Enumerable.Range(1, treatments).Select(treatment => new SobolSequence(technique.Count, seed + treatment))];
    }

    /// <summary>The values of one draw.</summary>
    /// <param name="index">Index of the draw from 0.</param>
    /// <param name="values">Values of what is not drawn.</param>
    /// <param name="treatment">Index of the treatment from 0.</param>
    public FactValues Of(int index, FactValues values, int treatment = 0)
    {
        ArgumentNullException.ThrowIfNull(values);
        double Share(int dimension) => technique.TryGetValue(dimension, out int own) ? treatments[treatment][index, own] : shared[index, dimension];
        return values.With(facts.Select((fact, dimension) => KeyValuePair.Create(fact.Name, UncertainFacts.Value(fact, Share(dimension)))));
    }
}
