using Threadwell.Evidence;

namespace Threadwell.Biology;

/// <summary>
/// The equations of the tissue response at one station of a thread; written out in <c>docs/theory/tissue-response.md</c>.
/// Every loss is proportional to what is lost and every gain is positive, so no unknown becomes negative.
/// </summary>
internal sealed class ResponseEquations : IOdeSystem
{
    /// <summary>Places of the unknowns in the state.</summary>
    internal const int Injury = 0, Inflammatory = 1, Reparative = 2, GrowthFactor = 3, Fibroblasts = 4, Myofibroblasts = 5,
        TypeIii = 6, TypeI = 7, Elastin = 8, CollagenMade = 9, CollagenLost = 10, Unknowns = 11;

    private readonly TissueResponseParameters p;
    private readonly PolymerParameters polymer;
    private readonly Func<double, double>? slip;
    private readonly double surface;
    private readonly double polymerMass;
    private readonly double initialInjury;
    private readonly ResponseDisturbance disturbance;
    private readonly double synthesisTypeIii;
    private readonly double synthesisTypeI;
    private readonly double collagenTurnover;
    private readonly double elastinTurnover;

    public ResponseEquations(TissueResponseInput input, FactValues facts)
    {
        p = TissueResponseParameters.For(input.Species, facts);
        polymer = PolymerParameters.For(input.Material, facts);
        slip = input.SlipMmPerDay;
        double barb = input.IsBarb ? p.BarbSource : 1;
        surface = barb * input.Strands * p.SurfaceActivity(input.Material) * input.DiameterMm / p.ReferenceDiameterMm;
        polymerMass = input.Strands * PolymerProperties.For(input.Material, input.DiameterMm, facts: facts).MassPerMmMg;
        initialInjury = barb;
        disturbance = input.Disturbance;

        var person = PersonalSynthesis.Of(input.Subject, facts);
        double capacity = disturbance.LastingSynthesis * person.Capacity;
        synthesisTypeIii = capacity * p.TypeIiiShareNew * person.TypeIii;
        synthesisTypeI = capacity * (1 - p.TypeIiiShareNew) * person.TypeI;
        collagenTurnover = p.CollagenTurnover;
        elastinTurnover = p.ElastinTurnover;
    }

    public int Dimension => Unknowns;

    /// <summary>State right after insertion: an injury, and nothing of the response yet.</summary>
    public double[] InitialState()
    {
        double[] state = new double[Unknowns];
        state[Injury] = initialInjury;
        return state;
    }

    /// <summary>Collagen made on a day, both types, mg/mm/d.</summary>
    public double CollagenSynthesis(double time, ReadOnlySpan<double> state) => (synthesisTypeIii + synthesisTypeI) * Synthesis(time, state);

    /// <summary>Elastin made on a day, mg/mm/d.</summary>
    public double ElastinSynthesis(double time, ReadOnlySpan<double> state) => p.ElastinShare * CollagenSynthesis(time, state);

    public void Derivative(double time, ReadOnlySpan<double> state, Span<double> derivative)
    {
        double effect = state[GrowthFactor] / (p.GrowthFactorHalfEffect + state[GrowthFactor]);
        (double mass, double loss) = Polymer.MassAndLoss(polymer, time);
        double remaining = Math.Sqrt(mass);
        double products = polymerMass * loss;
        double collagen = state[TypeIii] + state[TypeI];
        double made = Synthesis(time, state);
        double matured = p.Maturation * (state[TypeIii] - p.TypeIiiShareMature * collagen);

        derivative[Injury] = -p.InjuryClearance * state[Injury] + p.SlipInjury * (slip?.Invoke(time) ?? 0)
            + (time < disturbance.InjuryUntilDay ? initialInjury * disturbance.InjuryPerDay : 0);
        derivative[Inflammatory] = Recruitment(time) * state[Injury] + p.RecruitmentBySurface * surface * remaining
            - (p.Polarisation + p.InflammatoryLoss) * state[Inflammatory] + p.RecruitmentByProducts * products;
        derivative[Reparative] = p.Polarisation * state[Inflammatory] - p.ReparativeLoss * state[Reparative];
        derivative[GrowthFactor] = p.SecretionInflammatory * state[Inflammatory] + p.SecretionReparative * state[Reparative]
            - p.GrowthFactorClearance * state[GrowthFactor];
        derivative[Fibroblasts] = p.FibroblastRecruitment * effect - (p.FibroblastLoss + p.Differentiation * effect) * state[Fibroblasts];
        derivative[Myofibroblasts] = p.Differentiation * effect * state[Fibroblasts] - p.MyofibroblastLoss * state[Myofibroblasts];
        derivative[TypeIii] = synthesisTypeIii * made - matured - collagenTurnover * state[TypeIii];
        derivative[TypeI] = synthesisTypeI * made + matured - collagenTurnover * state[TypeI];
        derivative[Elastin] = ElastinSynthesis(time, state) - elastinTurnover * state[Elastin];
        derivative[CollagenMade] = (synthesisTypeIii + synthesisTypeI) * made;
        derivative[CollagenLost] = collagenTurnover * collagen;
    }

    public void Jacobian(double time, ReadOnlySpan<double> state, Span<double> jacobian)
    {
        double half = p.GrowthFactorHalfEffect + state[GrowthFactor];
        double effect = state[GrowthFactor] / half;
        double effectSlope = p.GrowthFactorHalfEffect / (half * half);
        double shielding = 1 + (state[TypeIii] + state[TypeI]) / p.CollagenHalfSynthesis;
        double madeByFibroblasts = Heated(time, disturbance.HeatedSynthesis) * p.CollagenSynthesis / shielding;
        double madeByMyofibroblasts = p.MyofibroblastSynthesis * madeByFibroblasts;
        double madeByCollagen = -Synthesis(time, state) / (shielding * p.CollagenHalfSynthesis);

        At(jacobian, Injury, Injury) = -p.InjuryClearance;
        At(jacobian, Inflammatory, Injury) = Recruitment(time);
        At(jacobian, Inflammatory, Inflammatory) = -(p.Polarisation + p.InflammatoryLoss);
        At(jacobian, Reparative, Inflammatory) = p.Polarisation;
        At(jacobian, Reparative, Reparative) = -p.ReparativeLoss;
        At(jacobian, GrowthFactor, Inflammatory) = p.SecretionInflammatory;
        At(jacobian, GrowthFactor, Reparative) = p.SecretionReparative;
        At(jacobian, GrowthFactor, GrowthFactor) = -p.GrowthFactorClearance;
        At(jacobian, Fibroblasts, GrowthFactor) = (p.FibroblastRecruitment - p.Differentiation * state[Fibroblasts]) * effectSlope;
        At(jacobian, Fibroblasts, Fibroblasts) = -(p.FibroblastLoss + p.Differentiation * effect);
        At(jacobian, Myofibroblasts, GrowthFactor) = p.Differentiation * state[Fibroblasts] * effectSlope;
        At(jacobian, Myofibroblasts, Fibroblasts) = p.Differentiation * effect;
        At(jacobian, Myofibroblasts, Myofibroblasts) = -p.MyofibroblastLoss;

        Made(jacobian, TypeIii, synthesisTypeIii);
        Made(jacobian, TypeI, synthesisTypeI);
        Made(jacobian, Elastin, p.ElastinShare * (synthesisTypeIii + synthesisTypeI));
        Made(jacobian, CollagenMade, synthesisTypeIii + synthesisTypeI);
        double leavingTypeIii = p.Maturation * (1 - p.TypeIiiShareMature);
        double leavingTypeI = p.Maturation * p.TypeIiiShareMature;
        At(jacobian, TypeIii, TypeIii) -= leavingTypeIii + collagenTurnover;
        At(jacobian, TypeIii, TypeI) += leavingTypeI;
        At(jacobian, TypeI, TypeIii) += leavingTypeIii;
        At(jacobian, TypeI, TypeI) -= leavingTypeI + collagenTurnover;
        At(jacobian, Elastin, Elastin) -= elastinTurnover;
        At(jacobian, CollagenLost, TypeIii) = collagenTurnover;
        At(jacobian, CollagenLost, TypeI) = collagenTurnover;

        void Made(Span<double> into, int row, double share)
        {
            At(into, row, Fibroblasts) = share * madeByFibroblasts;
            At(into, row, Myofibroblasts) = share * madeByMyofibroblasts;
            At(into, row, TypeIii) = share * madeByCollagen;
            At(into, row, TypeI) = share * madeByCollagen;
        }
    }

    private static ref double At(Span<double> matrix, int row, int column) => ref matrix[row * Unknowns + column];

    /// <summary>Inflammatory macrophages that unit injury calls on a day, 1/d.</summary>
    private double Recruitment(double time) => Heated(time, disturbance.HeatedRecruitment) * p.RecruitmentByInjury;

    private double Heated(double time, double factor) => time < disturbance.HeatUntilDay ? factor : 1;

    /// <summary>Collagen made at full capacity, mg/mm/d: it falls as the collagen already there shields the thread.</summary>
    private double Synthesis(double time, ReadOnlySpan<double> state) =>
        Heated(time, disturbance.HeatedSynthesis) * p.CollagenSynthesis * (state[Fibroblasts] + p.MyofibroblastSynthesis * state[Myofibroblasts])
        / (1 + (state[TypeIii] + state[TypeI]) / p.CollagenHalfSynthesis);
}
