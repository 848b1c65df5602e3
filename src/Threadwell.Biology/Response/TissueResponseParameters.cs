using Threadwell.Evidence;

namespace Threadwell.Biology;

/// <summary>
/// Numbers of the tissue response of one species. Nearly all are assumptions: the course round a thread was never measured in people at close intervals. Cells are counted in units of the
/// macrophages that one insertion recruits in a day, TGF-beta in units of what one unit of reparative macrophages holds up.
/// </summary>
/// <remarks>
/// A set knows nothing of any other species: what a course goes by is in its own set. Which facts each set is read from is held by a test.
/// </remarks>
public sealed record TissueResponseParameters
{
    private static readonly TissueResponseParameters HumanFromCatalogue = ReadHuman(FactValues.Catalogue);
    private static readonly TissueResponseParameters RatFromCatalogue = ReadRat(FactValues.Catalogue);

    /// <summary>The values of a species.</summary>
    /// <param name="species">Species.</param>
    /// <param name="facts">Values to go by; null for the catalogue's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value names no species.</exception>
    public static TissueResponseParameters For(ResponseSpecies species, FactValues? facts = null)
    {
        bool catalogue = facts is null || facts == FactValues.Catalogue;
        return species switch
        {
            ResponseSpecies.Human => catalogue ? HumanFromCatalogue : ReadHuman(facts!),
            ResponseSpecies.Rat => catalogue ? RatFromCatalogue : ReadRat(facts!),
            _ => throw new ArgumentOutOfRangeException(nameof(species), species, null),
        };
    }

    /// <summary>People. No number of an animal enters.</summary>
    private static TissueResponseParameters ReadHuman(FactValues facts) => Common(facts, 1, facts.Value("tissue.collagen.half-life-human", "d"));

    /// <summary>
    /// Rats. Their own are how quickly their cells run and how long new collagen lasts; the rest was measured in no rat and is taken as in people, but for what tells people apart (age,
    /// sex, smoking), of which a rat's course takes nothing.
    /// </summary>
    private static TissueResponseParameters ReadRat(FactValues facts) =>
        Common(facts, facts.Value("tissue.cells.rat-to-human-rate", "1"), facts.Value("tissue.collagen.half-life-rat", "d"));

    /// <summary>What is taken alike in all species, with cells that run at a rate relative to people's.</summary>
    private static TissueResponseParameters Common(FactValues facts, double rate, double collagenHalfLife) => new()
    {
        InjuryClearance = rate * facts.Value("tissue.injury.clearance", "1/d"),
        RecruitmentByInjury = rate * facts.Value("tissue.macrophage.recruitment-by-injury", "1/d"),
        RecruitmentBySurface = rate * facts.Value("tissue.macrophage.recruitment-by-surface", "1/d"),
        RecruitmentByProducts = facts.Value("tissue.macrophage.recruitment-by-products", "mm/mg"),
        Polarisation = rate * facts.Value("tissue.macrophage.polarisation", "1/d"),
        InflammatoryLoss = rate * facts.Value("tissue.macrophage.loss-inflammatory", "1/d"),
        ReparativeLoss = rate * facts.Value("tissue.macrophage.loss-reparative", "1/d"),
        SecretionInflammatory = rate * facts.Value("tissue.growth-factor.secretion-inflammatory", "1/d"),
        SecretionReparative = rate * facts.Value("tissue.growth-factor.secretion-reparative", "1/d"),
        GrowthFactorClearance = rate * facts.Value("tissue.growth-factor.clearance", "1/d"),
        GrowthFactorHalfEffect = facts.Value("tissue.growth-factor.half-effect", "1"),
        FibroblastRecruitment = rate * facts.Value("tissue.fibroblast.recruitment", "1/d"),
        FibroblastLoss = rate * facts.Value("tissue.fibroblast.loss", "1/d"),
        Differentiation = rate * facts.Value("tissue.myofibroblast.differentiation", "1/d"),
        MyofibroblastLoss = rate * facts.Value("tissue.myofibroblast.loss", "1/d"),
        MyofibroblastSynthesis = facts.Value("tissue.myofibroblast.relative-synthesis", "1"),
        CollagenSynthesis = facts.Value("tissue.collagen.synthesis", "mg/mm/d"),
        CollagenHalfSynthesis = facts.Value("tissue.collagen.half-synthesis", "mg/mm"),
        CollagenHalfLife = collagenHalfLife,
        TypeIiiShareNew = facts.Value("tissue.collagen.type-iii-share-new", "1"),
        TypeIiiShareMature = facts.Value("tissue.collagen.type-iii-share-mature", "1"),
        Maturation = facts.Value("tissue.collagen.maturation", "1/d"),
        ElastinShare = facts.Value("tissue.elastin.share", "1"),
        ElastinHalfLife = facts.Value("tissue.elastin.half-life-new", "d"),
        BarbSource = facts.Value("tissue.barb.source", "1"),
        SlipInjury = facts.Value("tissue.slip.injury", "1/mm"),
        ReferenceDiameterMm = facts.Value("suture.diameter-2-0", "mm"),
        SurfaceActivityPlla = facts.Value("tissue.surface-activity-plla", "1"),
        SurfaceActivityPcl = facts.Value("tissue.surface-activity-pcl", "1"),
        SurfaceActivityPlcl = facts.Value("tissue.surface-activity-plcl", "1"),
    };

    /// <summary>Clearance of the debris of insertion, 1/d.</summary>
    public required double InjuryClearance { get; init; }

    /// <summary>Inflammatory macrophages recruited by unit injury, 1/d.</summary>
    public required double RecruitmentByInjury { get; init; }

    /// <summary>Inflammatory macrophages recruited by the surface of a PDO thread of the reference diameter, 1/d.</summary>
    public required double RecruitmentBySurface { get; init; }

    /// <summary>Inflammatory macrophages recruited by degradation products, per mg of polymer lost per mm.</summary>
    public required double RecruitmentByProducts { get; init; }

    /// <summary>Rate at which inflammatory macrophages become reparative, 1/d.</summary>
    public required double Polarisation { get; init; }

    /// <summary>Loss of inflammatory macrophages, 1/d.</summary>
    public required double InflammatoryLoss { get; init; }

    /// <summary>Loss of reparative macrophages, 1/d.</summary>
    public required double ReparativeLoss { get; init; }

    /// <summary>TGF-beta secreted by inflammatory macrophages, 1/d.</summary>
    public required double SecretionInflammatory { get; init; }

    /// <summary>TGF-beta secreted by reparative macrophages, 1/d.</summary>
    public required double SecretionReparative { get; init; }

    /// <summary>Clearance of TGF-beta, 1/d.</summary>
    public required double GrowthFactorClearance { get; init; }

    /// <summary>TGF-beta of half effect.</summary>
    public required double GrowthFactorHalfEffect { get; init; }

    /// <summary>Fibroblasts recruited at full effect of TGF-beta, 1/d.</summary>
    public required double FibroblastRecruitment { get; init; }

    /// <summary>Loss of fibroblasts, 1/d.</summary>
    public required double FibroblastLoss { get; init; }

    /// <summary>Fibroblasts that become myofibroblasts at full effect of TGF-beta, 1/d.</summary>
    public required double Differentiation { get; init; }

    /// <summary>Loss of myofibroblasts, 1/d.</summary>
    public required double MyofibroblastLoss { get; init; }

    /// <summary>Collagen made by a myofibroblast relative to a fibroblast.</summary>
    public required double MyofibroblastSynthesis { get; init; }

    /// <summary>Collagen made by unit fibroblasts, mg per mm of thread and day.</summary>
    public required double CollagenSynthesis { get; init; }

    /// <summary>New collagen at which synthesis is down to half, mg/mm.</summary>
    public required double CollagenHalfSynthesis { get; init; }

    /// <summary>Half-life of new collagen, days.</summary>
    public required double CollagenHalfLife { get; init; }

    /// <summary>Share of type III in collagen as it is made.</summary>
    public required double TypeIiiShareNew { get; init; }

    /// <summary>Share of type III in mature collagen.</summary>
    public required double TypeIiiShareMature { get; init; }

    /// <summary>Rate at which the share of type III goes from new to mature, 1/d.</summary>
    public required double Maturation { get; init; }

    /// <summary>Elastin made relative to collagen by mass.</summary>
    public required double ElastinShare { get; init; }

    /// <summary>Half-life of new elastin, days.</summary>
    public required double ElastinHalfLife { get; init; }

    /// <summary>Surface and injury at a barb relative to between barbs.</summary>
    public required double BarbSource { get; init; }

    /// <summary>Injury by slip, per mm, relative to insertion.</summary>
    public required double SlipInjury { get; init; }

    /// <summary>Diameter at which these numbers hold, mm.</summary>
    public required double ReferenceDiameterMm { get; init; }

    /// <summary>Stimulus by a surface of PLLA relative to PDO.</summary>
    public required double SurfaceActivityPlla { get; init; }

    /// <summary>Stimulus by a surface of PCL relative to PDO.</summary>
    public required double SurfaceActivityPcl { get; init; }

    /// <summary>Stimulus by a surface of P(LA/CL) relative to PDO.</summary>
    public required double SurfaceActivityPlcl { get; init; }

    /// <summary>Rate at which new elastin dies, 1/d.</summary>
    public double ElastinTurnover => Math.Log(2) / ElastinHalfLife;

    /// <summary>Rate at which new collagen dies, of both types alike, 1/d.</summary>
    public double CollagenTurnover => Math.Log(2) / CollagenHalfLife;

    /// <summary>Stimulus by a polymer's surface relative to PDO.</summary>
    /// <param name="material">Polymer.</param>
    public double SurfaceActivity(ThreadMaterial material) => material switch
    {
        ThreadMaterial.Plla => SurfaceActivityPlla,
        ThreadMaterial.Pcl => SurfaceActivityPcl,
        ThreadMaterial.Plcl => SurfaceActivityPlcl,
        _ => 1,
    };
}
