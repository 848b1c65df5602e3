using Threadwell.Biology;
using Threadwell.Evidence;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>
/// The numbers of one draw that a course is foretold from: how far each uncertain fact lies from its median, the choices, and what the polymer alone does, which is known in closed form.
/// </summary>
/// <param name="Deviations">Normal deviates of the uncertain facts of each cause: [cause][fact].</param>
/// <param name="Material">The material: 1 at its place, 0 elsewhere.</param>
/// <param name="Adherence">The degree of aftercare: 1 at its place, 0 elsewhere.</param>
/// <param name="Polymer">Strength and stiffness of the thread at the stored times, relative to day 0.</param>
internal sealed record CauseInputs(double[][] Deviations, double[] Material, double[] Adherence, double[] Polymer)
{
    private static readonly Cause[] Causes = Enum.GetValues<Cause>();

    private static readonly int[][] FactsOfCause =
        [.. Causes.Select(cause => UncertainFacts.All.Index().Where(uncertain => uncertain.Item.Cause == cause).Select(uncertain => uncertain.Index).ToArray())];

    /// <summary>The numbers of a draw.</summary>
    /// <param name="share">Share of its distribution at which each uncertain fact is drawn, by its index.</param>
    /// <param name="plan">The plan with the material and the aftercare that were drawn.</param>
    /// <param name="timesDays">Stored times, days.</param>
    /// <param name="facts">The values of the single course; those of the thread that are drawn are replaced.</param>
    public static CauseInputs Of(Func<int, double> share, ThreadPlan plan, double[] timesDays, FactValues facts)
    {
        ThreadMaterial material = plan.Threads[0].Material;
        PolymerParameters polymer = PolymerParameters.For(material, facts.With(FactsOfCause[(int)Cause.Thread].Select(dimension =>
        {
            Fact fact = UncertainFacts.All[dimension].Fact;
            return KeyValuePair.Create(fact.Name, UncertainFacts.Value(fact, share(dimension)));
        })));
        double[] diameters = [.. plan.Threads.Select(thread => thread.DiameterMm).Distinct()];
        PolymerState[][] states = [.. timesDays.Select(day => diameters.Select(diameter => Biology.Polymer.State(polymer, diameter, day)).ToArray())];
        return new CauseInputs(
            [.. FactsOfCause.Select(dimensions => dimensions.Select(dimension => UncertainFacts.Deviations(share(dimension))).ToArray())],
            [.. Enum.GetValues<ThreadMaterial>().Select(other => other == material ? 1.0 : 0)],
            [.. Enum.GetValues<AftercareAdherence>().Select(other => other == plan.Aftercare ? 1.0 : 0)],
            [.. states.Select(at => at.Average(state => state.Strength)), .. states.Select(at => at.Average(state => state.EffectiveStiffness))]);
    }

    /// <summary>
    /// The numbers of a course of a pair of draws, in one row: all of them, and the products without which what one does would be the same whatever the other is:
    /// of the degree of aftercare with the material and with each fact of aftercare.
    /// </summary>
    /// <param name="a">Draw A.</param>
    /// <param name="b">Draw B.</param>
    /// <param name="course">Index of the course (<see cref="CauseDraws.IsOfB"/>).</param>
    public static double[] Row(CauseInputs a, CauseInputs b, int course)
    {
        CauseInputs Of(Cause cause) => CauseDraws.IsOfB(course, cause) ? b : a;
        (CauseInputs thread, CauseInputs aftercare) = (Of(Cause.Thread), Of(Cause.Aftercare));
        return
        [
            .. Causes.SelectMany(cause => Of(cause).Deviations[(int)cause]),
            .. thread.Material,
            .. aftercare.Adherence,
            .. aftercare.Adherence.SelectMany(degree => thread.Material.Concat(aftercare.Deviations[(int)Cause.Aftercare]).Select(number => degree * number)),
            .. thread.Polymer,
        ];
    }
}
