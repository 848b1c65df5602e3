using Threadwell.Evidence;

namespace Threadwell.Biology;

/// <summary>
/// The foreign-body response at a station of a thread: injury and polymer recruit inflammatory macrophages, these turn reparative, TGF-beta
/// calls fibroblasts and myofibroblasts, and they make collagen III, which matures into I, and a little elastin.
/// Equations, parameters and limits: <c>docs/theory/tissue-response.md</c>.
/// </summary>
public static class TissueResponse
{
    // Insertion is a jump in all rates: the first step is small and grows by itself.
    private const double FirstStepDays = 1e-3;

    /// <summary>Computes the course.</summary>
    /// <param name="input">Station.</param>
    /// <param name="timesDays">Times since insertion, days, not negative, ascending.</param>
    /// <param name="facts">Values to go by; null for the catalogue's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An input is out of range.</exception>
    /// <exception cref="ArgumentException">Times are negative, not finite or do not ascend.</exception>
    public static TissueResponseCourse Simulate(TissueResponseInput input, ReadOnlySpan<double> timesDays, FactValues? facts = null)
    {
        facts ??= FactValues.Catalogue;
        input.Check();
        CheckTimes(timesDays);
        var equations = new ResponseEquations(input, facts);
        var solver = new RosenbrockSolver(equations);
        double[] state = equations.InitialState();
        TissueResponseCourse course = Empty(timesDays, TissueResponseParameters.For(input.Species, facts));
        double time = 0;
        double step = FirstStepDays;
        for (int i = 0; i < timesDays.Length; i++)
        {
            solver.Integrate(time, timesDays[i], state, ref step);
            time = timesDays[i];
            course.Inflammation[i] = state[ResponseEquations.Inflammatory];
            course.ReparativeMacrophages[i] = state[ResponseEquations.Reparative];
            course.GrowthFactor[i] = state[ResponseEquations.GrowthFactor];
            course.Fibroblasts[i] = state[ResponseEquations.Fibroblasts];
            course.Myofibroblasts[i] = state[ResponseEquations.Myofibroblasts];
            course.CollagenIII[i] = state[ResponseEquations.TypeIii];
            course.CollagenI[i] = state[ResponseEquations.TypeI];
            course.Collagen[i] = state[ResponseEquations.TypeIii] + state[ResponseEquations.TypeI];
            course.Elastin[i] = state[ResponseEquations.Elastin];
            course.CollagenSynthesisRate[i] = equations.CollagenSynthesis(time, state);
            course.ElastinSynthesisRate[i] = equations.ElastinSynthesis(time, state);
            course.CollagenMade[i] = state[ResponseEquations.CollagenMade];
            course.CollagenLost[i] = state[ResponseEquations.CollagenLost];
        }

        return course;
    }

    private static void CheckTimes(ReadOnlySpan<double> times)
    {
        double before = 0;
        foreach (double time in times)
        {
            if (!(time >= before) || double.IsInfinity(time))
            {
                throw new ArgumentException($"Times are finite, not negative and ascend: {time} after {before}.", nameof(times));
            }

            before = time;
        }
    }

    private static TissueResponseCourse Empty(ReadOnlySpan<double> times, TissueResponseParameters parameters)
    {
        int n = times.Length;
        return new TissueResponseCourse
        {
            TimesDays = times.ToArray(),
            Inflammation = new double[n],
            ReparativeMacrophages = new double[n],
            GrowthFactor = new double[n],
            Fibroblasts = new double[n],
            Myofibroblasts = new double[n],
            CollagenIII = new double[n],
            CollagenI = new double[n],
            Collagen = new double[n],
            Elastin = new double[n],
            CollagenSynthesisRate = new double[n],
            ElastinSynthesisRate = new double[n],
            CollagenMade = new double[n],
            CollagenLost = new double[n],
            CollagenTurnoverPerDay = parameters.CollagenTurnover,
            ElastinTurnoverPerDay = parameters.ElastinTurnover,
        };
    }
}
