using Threadwell.Anatomy;
using Threadwell.Evidence;
using Threadwell.Mechanics.Threads;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>Mechanical parameters of one tissue layer.</summary>
public sealed record LayerParameters
{
    /// <summary>Shear modulus at small strain, MPa, all networks together on day 0.</summary>
    public required double ShearModulusMPa { get; init; }

    /// <summary>Share of elastin in the shear modulus.</summary>
    public required double ElastinShare { get; init; }

    /// <summary>Share of the ground matrix in the shear modulus.</summary>
    public required double GroundShare { get; init; }

    /// <summary>Share of the original collagen in the shear modulus.</summary>
    public double CollagenShare => 1 - ElastinShare - GroundShare;

    /// <summary>Coefficient c of the permanent stiffening energy c/2 (I1bar - 3)², MPa.</summary>
    public required double StiffeningMPa { get; init; }

    /// <summary>The law of the layer on day 0.</summary>
    public StiffeningMedium Medium => new(ShearModulusMPa, StiffeningMPa);

    /// <summary>Density, tonne/mm³.</summary>
    public required double DensityTonnePerMm3 { get; init; }

    /// <summary>In-plane stretch at which the layer's networks are laid down; 1 where there is no tension.</summary>
    public required double DepositionStretch { get; init; }
}

/// <summary>Mechanical parameters of a patient's tissue on day 0 and what moves them; every number is a fact or an assumption row.</summary>
public sealed record TissueParameters
{
    /// <summary>Layer parameters, indexed by <see cref="TissueLayer"/>.</summary>
    public required IReadOnlyList<LayerParameters> Layers { get; init; }

    /// <summary>Tangential stiffness of the gliding plane, N/mm³.</summary>
    public required double FoundationTangential { get; init; }

    /// <summary>Normal stiffness of the deep fascia, N/mm³.</summary>
    public required double FoundationNormal { get; init; }

    /// <summary>Stiffness of one retaining-ligament spot, N/mm.</summary>
    public required double LigamentStiffness { get; init; }

    /// <summary>Rate at which the gliding plane and the ligaments are remodelled in place, 1/day.</summary>
    public required double GlidingTurnoverPerDay { get; init; }

    /// <summary>Length of tissue beyond the cut edge that goes on as springs, mm.</summary>
    public required double ContinuationLengthMm { get; init; }

    /// <summary>Shear modulus that new collagen adds per concentration, MPa mm³/mg.</summary>
    public required double NewCollagenModulus { get; init; }

    /// <summary>Shear modulus that new elastin adds per concentration, MPa mm³/mg.</summary>
    public required double NewElastinModulus { get; init; }

    /// <summary>Stretch along the thread at which new collagen is laid down.</summary>
    public required double NewCollagenDepositionStretch { get; init; }

    /// <summary>Largest shear modulus of new collagen that the bulk modulus allows for, MPa.</summary>
    public required double LargestNewModulusMPa { get; init; }

    /// <summary>Poisson's ratio at the largest shear modulus.</summary>
    public required double PoissonRatioAtMostStiff { get; init; }

    /// <summary>The parameters of a patient.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="facts">Values to go by; null for the catalogue's.</param>
    public static TissueParameters For(PatientDescription patient, FactValues? facts = null)
    {
        facts ??= FactValues.Catalogue;
        (string descentFact, string skinFact) = LaxityFacts(patient.Laxity);
        double skinFactor = facts.Value(skinFact, "1");
        double septa = facts.Value("tissue.fat.septa-factor", "1");
        double fatInitial = facts.Value("tissue.fat.youngs-modulus-initial", "MPa");
        double fatFinal = facts.Value("tissue.fat.youngs-modulus-final", "MPa");
        double fatModulus = septa * fatInitial / 3;
        double fatStiffening = septa * StiffeningForFinalModulus(fatInitial / 3, fatFinal, facts.Value("tissue.fat.stretch-at-final-modulus", "1"));
        var fat = new LayerParameters
        {
            ShearModulusMPa = fatModulus,
            ElastinShare = facts.Value("network.fat.elastin-share", "1"),
            GroundShare = facts.Value("network.fat.ground-share", "1"),
            StiffeningMPa = fatStiffening,
            DensityTonnePerMm3 = Density(facts, "tissue.fat.density"),
            DepositionStretch = 1,
        };
        var smas = new LayerParameters
        {
            ShearModulusMPa = facts.Value("tissue.smas.shear-modulus", "MPa"),
            ElastinShare = facts.Value("network.smas.elastin-share", "1"),
            GroundShare = 0,
            StiffeningMPa = 0,
            DensityTonnePerMm3 = Density(facts, "tissue.muscle.density"),
            DepositionStretch = 1,
        };
        var skin = new LayerParameters
        {
            // Extended Mooney: at small strain mu = 2 C10; (I1 - 3)(I2 - 3) is (I1 - 3)² to leading order, so c/2 = C11.
            ShearModulusMPa = skinFactor * 2 * facts.Value("tissue.skin.mooney-c10", "MPa"),
            ElastinShare = facts.Value("network.skin.elastin-share", "1"),
            GroundShare = facts.Value("network.skin.ground-share", "1"),
            StiffeningMPa = skinFactor * 2 * facts.Value("tissue.skin.mooney-c11", "MPa"),
            DensityTonnePerMm3 = Density(facts, "tissue.skin.density"),
            DepositionStretch = facts.Value("network.skin.deposition-stretch", "1"),
        };
        return new TissueParameters
        {
            Layers = [fat, smas, fat, skin],
            FoundationTangential = facts.Value("tissue.foundation.tangential", "N/mm3"),
            FoundationNormal = facts.Value("tissue.foundation.normal", "N/mm3"),
            LigamentStiffness = facts.Value("tissue.ligament.stiffness", "N/mm"),
            GlidingTurnoverPerDay = facts.Value("tissue.gliding-plane.turnover", "1/year") / DaysPerYear
                * facts.Value(descentFact, "1"),
            ContinuationLengthMm = facts.Value("tissue.continuation-length", "mm"),
            NewCollagenModulus = facts.Value("network.new-collagen.modulus-per-concentration", "MPa/(mg/mm3)"),
            NewElastinModulus = facts.Value("network.new-elastin.modulus-per-concentration", "MPa/(mg/mm3)"),
            NewCollagenDepositionStretch = facts.Value("network.new-collagen.deposition-stretch", "1"),
            LargestNewModulusMPa = facts.Value("tissue.new-collagen.largest-shear-modulus", "MPa"),
            PoissonRatioAtMostStiff = facts.Value("tissue.poisson-ratio-at-most-stiff", "1"),
        };
    }

    /// <summary>Bulk modulus of a layer, MPa: constant in time, so that growth never changes the pressure at fixed volume.</summary>
    public double BulkModulusMPa(TissueLayer layer)
    {
        double nu = PoissonRatioAtMostStiff;
        return (Layers[(int)layer].ShearModulusMPa + LargestNewModulusMPa) * 2 * (1 + nu) / (3 * (1 - (2 * nu)));
    }

    /// <summary>
    /// The coefficient c of c/2 (I1 - 3)² with which an incompressible neo-Hookean material of shear modulus mu reaches a nominal tangent
    /// modulus at a uniaxial stretch: dP/dl = 2 W'(1 + 2/l³) + 4 c (l - 1/l²)², W' = mu/2 + c (I1 - 3).
    /// </summary>
    internal static double StiffeningForFinalModulus(double shearModulus, double finalModulus, double stretch)
    {
        double firstInvariant = (stretch * stretch) + (2 / stretch) - 3;
        double fromNeoHooke = shearModulus * (1 + (2 / Math.Pow(stretch, 3)));
        double perCoefficient = (2 * firstInvariant * (1 + (2 / Math.Pow(stretch, 3)))) + (4 * Math.Pow(stretch - (1 / (stretch * stretch)), 2));
        return Math.Max(0, (finalModulus - fromNeoHooke) / perCoefficient);
    }

    private const double DaysPerYear = 365.25;

    // A kilogram per cubic metre is 1e-12 tonne per cubic millimetre, the density of the system mm, N, MPa.
    private static double Density(FactValues facts, string fact) => facts.Value(fact, "kg/m3") * 1e-12;

    private static (string Descent, string Skin) LaxityFacts(Laxity laxity) => laxity switch
    {
        Laxity.None => ("laxity.none.descent-factor", "laxity.none.skin-factor"),
        Laxity.Mild => ("laxity.mild.descent-factor", "laxity.mild.skin-factor"),
        Laxity.Moderate => ("laxity.moderate.descent-factor", "laxity.moderate.skin-factor"),
        Laxity.Marked => ("laxity.marked.descent-factor", "laxity.marked.skin-factor"),
        _ => throw new ArgumentOutOfRangeException(nameof(laxity), laxity, "Severe laxity is referred, never predicted."),
    };
}
