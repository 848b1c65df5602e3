using Threadwell.Evidence;

namespace Threadwell.Biology;

/// <summary>A new thread on day 0.</summary>
/// <param name="YoungsModulusMPa">Young's modulus, MPa (of the bulk polymer: no lifting thread was measured).</param>
/// <param name="StrengthN">Load at which the thread breaks, N.</param>
/// <param name="AxialStiffnessN">Young's modulus times cross-section, N.</param>
/// <param name="MassPerMmMg">Mass per length, mg/mm.</param>
public readonly record struct PolymerProperties(double YoungsModulusMPa, double StrengthN, double AxialStiffnessN, double MassPerMmMg)
{
    private const double MPaPerGPa = 1000;
    private const double NewtonPerKilogramForce = 9.80665;

    /// <summary>Properties of a thread.</summary>
    /// <param name="material">Polymer.</param>
    /// <param name="diameterMm">Diameter of the core, mm, positive.</param>
    /// <param name="cutBarbs">Whether barbs are cut into the thread, which costs strength (E-189).</param>
    /// <param name="facts">Values to go by; null for the catalogue's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The diameter is not positive and finite, or the value names no polymer.</exception>
    public static PolymerProperties For(ThreadMaterial material, double diameterMm, bool cutBarbs = false, FactValues? facts = null)
    {
        facts ??= FactValues.Catalogue;
        Polymer.CheckDiameter(diameterMm);
        (double modulusGPa, double density) = material switch
        {
            ThreadMaterial.Pdo => (facts.Value("pdo.youngs-modulus", "GPa"), facts.Value("pdo.density", "g/cm3")),
            ThreadMaterial.Plla => (facts.Value("plla.youngs-modulus", "GPa"), facts.Value("plla.density", "g/cm3")),
            ThreadMaterial.Pcl => (facts.Value("pcl.youngs-modulus", "GPa"), facts.Value("pcl.density", "g/cm3")),
            ThreadMaterial.Plcl => (facts.Value("plcl.youngs-modulus", "GPa"), facts.Value("plcl.density", "g/cm3")),
            _ => throw new ArgumentOutOfRangeException(nameof(material)),
        };
        double area = Area(diameterMm);
        double modulus = MPaPerGPa * modulusGPa;

        // The pharmacopoeia asks the same strength of a size whatever the polymer; strength goes with the section.
        double strength = NewtonPerKilogramForce * facts.Value("suture.knot-pull-2-0", "kgf")
            * area / Area(facts.Value("suture.diameter-2-0", "mm"));
        if (cutBarbs)
        {
            strength *= facts.Value("barbed.strength-barbed-2-0", "N") / facts.Value("barbed.strength-plain-2-0", "N");
        }

        // 1 g/cm³ is 1 mg/mm³.
        return new PolymerProperties(modulus, strength, modulus * area, density * area);
    }

    private static double Area(double diameterMm) => Math.PI / 4 * diameterMm * diameterMm;
}
