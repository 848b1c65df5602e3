using Threadwell.Evidence;

namespace Threadwell.Biology;

/// <summary>
/// What the degradation of one polymer depends on. The equations are on <see cref="Polymer"/> and in <c>docs/theory/polymer.md</c>.
/// </summary>
public sealed record PolymerParameters
{
    private static readonly PolymerParameters[] FromCatalogue = [.. Enum.GetValues<ThreadMaterial>().Select(material => Read(material, FactValues.Catalogue))];

    /// <summary>The polymer.</summary>
    public required ThreadMaterial Material { get; init; }

    /// <summary>Rate k at which the number-average molar mass falls in tissue, 1/d.</summary>
    public required double HydrolysisRate { get; init; }

    /// <summary>Strength as measured over time; null where strength follows from molar mass.</summary>
    public WeibullStrength? MeasuredStrength { get; init; }

    /// <summary>Molar mass relative to day 0 at which strength is lost; not used where <see cref="MeasuredStrength"/> is given.</summary>
    public double StrengthCriticalRatio { get; init; }

    /// <summary>Molar mass relative to day 0 at which the modulus is lost.</summary>
    public required double StiffnessCriticalRatio { get; init; }

    /// <summary>Molar mass relative to day 0 below which mass leaves; above 1 where it leaves from the first day.</summary>
    public required double ErosionCriticalRatio { get; init; }

    /// <summary>First-order rate at which mass leaves once chains are short, 1/d.</summary>
    public required double ErosionRate { get; init; }

    /// <summary>Exponent with which the loss of mass sets in.</summary>
    public required double ErosionSteepness { get; init; }

    /// <summary>Strength relative to day 0 at which the thread falls into pieces.</summary>
    public required double FragmentationStrength { get; init; }

    /// <summary>Exponent with which continuity is lost around that strength.</summary>
    public required double FragmentationSteepness { get; init; }

    /// <summary>Decay rate in tissue over decay rate in buffer.</summary>
    public required double InVivoToInVitroRate { get; init; }

    /// <summary>The values for a polymer.</summary>
    /// <param name="material">Polymer.</param>
    /// <param name="facts">Values to go by; null for the catalogue's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value names no polymer.</exception>
    public static PolymerParameters For(ThreadMaterial material, FactValues? facts = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)material, (uint)FromCatalogue.Length, nameof(material));
        return facts is null || facts == FactValues.Catalogue ? FromCatalogue[(int)material] : Read(material, facts);
    }

    private static PolymerParameters Read(ThreadMaterial material, FactValues facts)
    {
        double inVivoToInVitro = facts.Value("polymer.in-vivo-to-in-vitro-log-rate", "1");
        double polyesterStiffness = facts.Value("polyester.stiffness.critical-molar-mass", "1");
        var common = new PolymerParameters
        {
            Material = material,
            HydrolysisRate = 0,
            StiffnessCriticalRatio = polyesterStiffness,
            ErosionCriticalRatio = 0,
            ErosionRate = 0,
            ErosionSteepness = facts.Value("polymer.erosion.steepness", "1"),
            FragmentationStrength = facts.Value("polymer.fragmentation.strength", "1"),
            FragmentationSteepness = facts.Value("polymer.fragmentation.steepness", "1"),
            InVivoToInVitroRate = inVivoToInVitro,
        };
        return material switch
        {
            ThreadMaterial.Pdo => common with
            {
                HydrolysisRate = facts.Value("pdo.hydrolysis-rate", "1/d"),
                MeasuredStrength = WeibullStrength.Pdo(facts),
                StiffnessCriticalRatio = facts.Value("pdo.stiffness.critical-molar-mass", "1"),
                ErosionCriticalRatio = facts.Value("pdo.erosion.critical-molar-mass", "1"),
                ErosionRate = facts.Value("pdo.erosion.rate", "1/d"),
            },
            ThreadMaterial.Plla => common with
            {
                HydrolysisRate = inVivoToInVitro * facts.Value("plla.hydrolysis-rate-in-buffer", "1/d"),
                StrengthCriticalRatio = facts.Value("plla.strength.critical-molar-mass", "1"),
                ErosionCriticalRatio = facts.Value("plla.erosion.critical-molar-mass", "1"),
                ErosionRate = facts.Value("plla.erosion.rate", "1/d"),
            },
            ThreadMaterial.Pcl => common with
            {
                HydrolysisRate = facts.Value("pcl.hydrolysis-rate", "1/d"),
                StrengthCriticalRatio = facts.Value("pcl.molar-mass-fragments", "kg/mol") / facts.Value("pcl.molar-mass-start", "kg/mol"),
                ErosionCriticalRatio = facts.Value("pcl.erosion.critical-molar-mass", "1"),
                ErosionRate = -Math.Log(1 - facts.Value("pcl.short-chains-excreted", "1")) / facts.Value("pcl.short-chains-excreted-by", "d"),
            },
            ThreadMaterial.Plcl => common with
            {
                HydrolysisRate = facts.Value("plcl.hydrolysis-rate", "1/d"),
                StrengthCriticalRatio = facts.Value("plcl.strength.critical-molar-mass", "1"),
                ErosionCriticalRatio = facts.Value("plcl.erosion.critical-molar-mass", "1"),
                ErosionRate = facts.Value("plcl.erosion.rate", "1/d"),
            },
            _ => throw new ArgumentOutOfRangeException(nameof(material)),
        };
    }
}
