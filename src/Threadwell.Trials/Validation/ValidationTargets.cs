using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Care.Risks;
using Threadwell.Evidence;
using Threadwell.Plans;

namespace Threadwell.Trials.Validation;

/// <summary>
/// The published measurements that the model is held against, each under its own conditions. A target is a trial and what is read from it, as anybody can write one
/// (<c>docs/formats/trial.md</c>): nothing here computes anything of its own. Published values stand here alone; their rows are in the evidence catalogue.
/// </summary>
internal static class ValidationTargets
{
    private const double Week = 7;
    private const double Month = 365.25 / 12;
    private const int DrawnPatients = 100_000;

    // Standard deviations of a share that is drawn: one in three hundred lies beyond three.
    private const double ScatterOfDraws = 3;
    private const double YoungerYears = 40;
    private const double OlderYears = 60;

    /// <summary>All of them, in the order of their ids.</summary>
    public static IReadOnlyList<ValidationTarget> All { get; } =
        [PdoStrength(), PdoStructure(), PclMolarMass(), PlclSection(), ConeSuture(), ConeSutureTwice(), RatStrands(), HumanScar(), PdoLift(), FixedLift(), ComplicationRates(), LayerThickness(), Elasticity()];

    private static ValidationTarget PdoStrength() => new(
        "V-01", "Strength of PDO at 4 weeks", "PDO, sizes 2-0 and 3-0, in tissue, without load", "0.50 to 0.70 of the first strength (0.50, 0.58, 0.70)", ["E-002", "E-001", "E-008"], ValidationUse.Counted,
        new Trial { Name = "V-01", Threads = [Thread("2-0", ThreadMaterial.Pdo, 0.32, 4 * Week), Thread("3-0", ThreadMaterial.Pdo, 0.225, 4 * Week)] },
        [new("size 2-0", 0.50, 0.70, "1", result => At(result, "2-0", "strength")), new("size 3-0", 0.50, 0.70, "1", result => At(result, "3-0", "strength"))])
    {
        FittedFacts = ["pdo.strength.weibull-scale", "pdo.strength.weibull-shape"],
        LeftOut = new LeftOut(
            // At 4 weeks the maker's two classes hold 0.70 and 0.40: their geometric mean, at the diameter at which the law holds, gives the time scale.
            new Dictionary<string, double> { ["pdo.strength.weibull-scale"] = 4 * Week / Math.Pow(
                    -Math.Log(Math.Sqrt(EvidenceCatalogue.Value("pdo.strength-4-weeks-coarse", "1") * EvidenceCatalogue.Value("pdo.strength-4-weeks-fine", "1"))),
                    1 / EvidenceCatalogue.Value("pdo.strength.weibull-shape", "1")) },
            "the maker's current instructions (E-034): 0.70 and 0.40 at 4 weeks in coarse and fine sizes"),
        Remark = "The law of strength (E-003) was derived from the rows of this target; how gauge enters (E-034) was not.",
    };

    private static ValidationTarget PdoStructure() => new(
        "V-03", "How long PDO is there", "PDO 3-0, in subcutaneous fat (pig) and as a suture (rat)", "intact to 24 weeks, gone by 30 as a suture, no structure at 48", ["E-012", "E-008"], ValidationUse.Counted,
        new Trial { Name = "V-03", Threads = [Thread("PDO", ThreadMaterial.Pdo, 0.225, 24 * Week, 30 * Week, 48 * Week)] },
        [
            new("mass at 24 weeks", 0.5, 1, "1", result => At(result, "PDO", "mass", 24 * Week)),
            new("mass at 30 weeks", 0, 0.1, "1", result => At(result, "PDO", "mass", 30 * Week)),
            new("mass at 48 weeks", 0, 0.01, "1", result => At(result, "PDO", "mass", 48 * Week)),
        ])
    {
        FittedFacts = ["pdo.erosion.critical-molar-mass", "pdo.erosion.rate"],
        Remark = "Nothing else says when PDO leaves than the same times in E-001, so that there is no value without it. \"Intact\" is taken as at least half of the mass, \"gone\" as at most a tenth.",
    };

    private static ValidationTarget PclMolarMass() => new(
        "V-05", "Molar mass of PCL at 30 months", "PCL capsules, 66 kDa at first, under the skin of rats", "8 of 66 kDa, 0.12; 0.08 to 0.18, log-linear", ["E-018"], ValidationUse.Counted,
        new Trial { Name = "V-05", Threads = [Thread("PCL", ThreadMaterial.Pcl, 0.32, 30 * Month)] },
        [new("molar mass relative to day 0", 0.08, 0.18, "1", result => At(result, "PCL", "molarMass")) { Published = 8.0 / 66 }])
    {
        FittedFacts = ["pcl.hydrolysis-rate"],
        LeftOut = new LeftOut(new Dictionary<string, double> { ["pcl.hydrolysis-rate"] = EvidenceCatalogue.Get("pcl.hydrolysis-rate").High!.Value }, "the older measurement of E-035 (unconfirmed): 0.00307 a day"),
    };

    private static ValidationTarget PlclSection() => new(
        "V-07", "Section of a P(LA/CL) thread at 72 weeks", "P(LA/CL) thread, rabbit", "0.589 of the first section (± 0.08)", ["E-014"], ValidationUse.Counted,
        new Trial { Name = "V-07", Threads = [Thread("P(LA/CL)", ThreadMaterial.Plcl, 0.32, 72 * Week)] },
        [TargetValue.Round("mass per length relative to day 0", 0.589, 0.08, "1", result => At(result, "P(LA/CL)", "mass"))])
    {
        FittedFacts = ["plcl.erosion.rate"],
        LeftOut = new LeftOut(
            new Dictionary<string, double> { ["plcl.erosion.rate"] = -Math.Log(0.1) / (28 * Month) }, "a membrane that was largely but not wholly degraded at 28 months (E-016), taken as a tenth that is left"),
        Remark = "The section is taken to follow the mass.",
    };

    private static ValidationTarget ConeSuture() => new(
        "V-08", "Displacement of a suture of four cones at 2.0 N", "PLLA suture with four cones in skin, fat and SMAS; finite elements that agreed with pulls in cadavers", "4.35 mm (± 15 %)", ["E-037"], ValidationUse.Counted,
        new Trial { Name = "V-08", SuturePulls = [Cones(2.0)] },
        [TargetValue.Round("displacement", 4.35, 0.15 * 4.35, "mm", result => At(result, "cones", "displacement"))])
    {
        FittedFacts = ["tissue.fat.septa-factor", "cone.effective-radius", "cone.bond-stiffness"],
        LeftOut = new LeftOut(
            new Dictionary<string, double>
            {
                ["tissue.fat.septa-factor"] = Middle(EvidenceCatalogue.Get("tissue.fat.septa-factor")),
                ["cone.effective-radius"] = EvidenceCatalogue.Value("barb.effective-radius", "mm"),
                ["cone.bond-stiffness"] = EvidenceCatalogue.Value("barb.bond-stiffness", "N/mm"),
            },
            "the middle of what is possible for facial fat, from bare fat to its measured final modulus (A-302: 1 to 7), and cones that grip and give as barbs do (A-352, A-351)"),
        Remark = "The stiffness of fat was fitted to it; radius and bond of a cone were chosen with it in sight.",
    };

    private static ValidationTarget ConeSutureTwice() => new(
        "V-08b", "The same suture at 4.0 N", "as V-08", "7.6 mm (± 15 %)", ["E-037"], ValidationUse.Independent,
        new Trial { Name = "V-08b", SuturePulls = [Cones(4.0)] },
        [TargetValue.Round("displacement", 7.6, 0.15 * 7.6, "mm", result => At(result, "cones", "displacement"))])
    {
        FittedFacts = ["cone.holding-factor"],
        Remark = "How the displacement grows with the pull. That a cone holds more than a newton was learned from it (A-355); how far it moves was not fitted.",
    };

    private static ValidationTarget RatStrands() => new(
        "V-12", "Collagen by number of strands at 2 and 12 weeks", "PDO strands in rats; gene expression and histology", "more round several strands than one at 2 weeks; a marked fall by 12 weeks", ["E-051"], ValidationUse.Counted,
        new Trial
        {
            Name = "V-12",
            Responses =
            [
                new() { Name = "one", Material = ThreadMaterial.Pdo, DiameterMm = 0.225, Species = ResponseSpecies.Rat, Days = [2 * Week, 12 * Week] },
                new() { Name = "several", Material = ThreadMaterial.Pdo, DiameterMm = 0.225, Strands = 3, Species = ResponseSpecies.Rat, Days = [2 * Week, 12 * Week] },
            ],
        },
        [
            new("collagen round three strands over one, at 2 weeks", 1.05, null, "1", result => At(result, "several", "collagen", 2 * Week) / At(result, "one", "collagen", 2 * Week)),
            new("synthesis at 12 weeks over 2, one strand", 0, 0.5, "1", result => At(result, "one", "synthesis", 12 * Week) / At(result, "one", "synthesis", 2 * Week)),
            new("synthesis at 12 weeks over 2, three strands", 0, 0.5, "1", result => At(result, "several", "synthesis", 12 * Week) / At(result, "several", "synthesis", 2 * Week)),
            new("collagen at 12 weeks over 2, one strand", 0, 0.75, "1", result => At(result, "one", "collagen", 12 * Week) / At(result, "one", "collagen", 2 * Week)),
            new("collagen at 12 weeks over 2, three strands", 0, 0.75, "1", result => At(result, "several", "collagen", 12 * Week) / At(result, "several", "collagen", 2 * Week)),
        ])
    {
        FittedFacts = ["tissue.collagen.half-life-rat"],
        LeftOut = new LeftOut(new Dictionary<string, double> { ["tissue.collagen.half-life-rat"] = Middle(EvidenceCatalogue.Get("tissue.collagen.half-life-rat")) }, "the middle of the range of A-149, 5 to 30 days"),
        Remark = "\"Marked fall\" is taken as at most half for synthesis and at most three quarters for content, which lags behind it; \"several\" as three. In the model the needle's injury, which does not grow with the strands, decides the first weeks, and the strands' surface the later ones: the study says the opposite.",
    };

    private static ValidationTarget HumanScar() => new(
        "V-14", "Scar round a suture in people, 1 to 12 months", "cone suture in the abdomen of eight people; histology", "rises from 1 to 12 months, most at the knots", ["E-058"], ValidationUse.Shown,
        new Trial
        {
            Name = "V-14",
            Responses =
            [
                new() { Name = "between", Material = ThreadMaterial.Plla, DiameterMm = 0.225, Days = [Month, 3 * Month, 6 * Month, 12 * Month] },
                new() { Name = "knot", Material = ThreadMaterial.Plla, DiameterMm = 0.225, AtBarb = true, Days = [Month, 3 * Month, 6 * Month, 12 * Month] },
            ],
        },
        [
            new("collagen at 3 months over 1", 1, null, "1", result => At(result, "between", "collagen", 3 * Month) / At(result, "between", "collagen", Month)),
            new("collagen at 6 months over 3", 1, null, "1", result => At(result, "between", "collagen", 6 * Month) / At(result, "between", "collagen", 3 * Month)),
            new("collagen at 12 months over 6", 1, null, "1", result => At(result, "between", "collagen", 12 * Month) / At(result, "between", "collagen", 6 * Month)),
            new("collagen at a knot over between knots, 12 months", 1, null, "1", result => At(result, "knot", "collagen", 12 * Month) / At(result, "between", "collagen", 12 * Month)),
        ])
    {
        Remark = "The suture may have had a core of polypropylene, which does not degrade: it is shown and nothing is fitted to it.",
    };

    private static ValidationTarget PdoLift() => new(
        "V-15", "Lift by PDO at 1, 6 and 12 months, relative to day 0", "PDO, two to three threads a side from temple to fold, not anchored, 160 people", "about 1, clearly reduced, absent (below 0.15)", ["E-068", "E-131"], ValidationUse.Counted,
        new Trial
        {
            Name = "V-15",
            Arms =
            [
                new()
                {
                    Name = "PDO",
                    Cohort = new() { Patients = 6, Seed = 15, AgeYears = new AgeSpan(35, 65), FemaleShare = 0.9, SmokerShare = 0.15 },
                    Protocol = new() { Area = TreatmentArea.NasolabialFold, Material = ThreadMaterial.Pdo, ThreadsPerSide = 3 },
                    VisitsMonths = [0, 1, 6, 12],
                    Endpoints = [new() { Kind = TrialEndpointKind.RelativeLift }],
                },
            ],
        },
        [
            new("relative lift at 1 month", 0.85, 1.15, "1", result => At(result, "PDO", "relativeLift", 1)),
            new("relative lift at 6 months", 0.15, 0.70, "1", result => At(result, "PDO", "relativeLift", 6)),
            new("relative lift at 12 months", -0.15, 0.15, "1", result => At(result, "PDO", "relativeLift", 12)),
        ])
    {
        Remark = "The mean of six virtual patients. Ages, sexes and smokers of the series were not read; \"clearly reduced\" is taken as 0.15 to 0.70. The published lift was judged by eye.",
    };

    private static ValidationTarget FixedLift() => new(
        "V-18", "What is left at 24 months of a fixed lift of several vectors", "threads fixed to ligaments, material not named, 357 people; a scale of wrinkles", "0.78 of the gain on the scale (3.88, 1.93, 2.36 at 0, 1, 24 months)", ["E-075", "E-076"], ValidationUse.Shown,
        new Trial { Name = "V-18", Arms = [Fixed(ThreadMaterial.Pdo), Fixed(ThreadMaterial.Plla), Fixed(ThreadMaterial.Pcl)] },
        [
            new("lift at 24 months over 1, PDO", 0.78, 0.78, "1", result => At(result, "Pdo", "lift", 24) / At(result, "Pdo", "lift", 1)),
            new("lift at 24 months over 1, PLLA", 0.78, 0.78, "1", result => At(result, "Plla", "lift", 24) / At(result, "Plla", "lift", 1)),
            new("lift at 24 months over 1, PCL", 0.78, 0.78, "1", result => At(result, "Pcl", "lift", 24) / At(result, "Pcl", "lift", 1)),
        ])
    {
        Remark = "A scale of what people see is no lift in mm (C-02): both are shown, and neither is derived from the other.",
    };

    // Whoever counts the complications of many virtual patients finds the published rates again.
    private static ValidationTarget ComplicationRates() => new(
        "V-21", "Rates of complications of absorbable threads", "pooled series; drawn for 100,000 virtual patients each", "paraesthesia 3.1 %, extrusion 1.6 %, infection 2 %; above and up to 50 years dimpling 16 and 5.6 %, infection 5.9 and 0.7 %; within what 100,000 draws scatter", ["E-091", "E-090"],
        ValidationUse.DataEntry, new Trial { Name = "V-21" },
        [
            Drawn("paraesthesia", "numbness", 3.1, null),
            Drawn("extrusion", "exposure", 1.6, null),
            Drawn("infection", "infection", 2, null),
            Drawn("dimpling above 50 years", "dimpling", 16, OlderYears),
            Drawn("dimpling up to 50 years", "dimpling", 5.6, YoungerYears),
            Drawn("infection above 50 years", "infection", 5.9, OlderYears),
            Drawn("infection up to 50 years", "infection", 0.7, YoungerYears),
        ])
    {
        Remark = "Compares what is drawn from the catalogue with the publication. It says nothing of the model of tissue and does not count.",
    };

    private static TargetValue Drawn(string what, string complication, double publishedPercent, double? ageYears) => TargetValue.Round(what, publishedPercent, ScatterOfDraws * Math.Sqrt(publishedPercent * (100 - publishedPercent) / DrawnPatients), "%", _ =>
    {
        var random = new Random(21);
        return 100.0 * Enumerable.Range(0, DrawnPatients).Count(_ => ComplicationGenerator.Draw(ageYears, random.NextDouble).Contains(complication)) / DrawnPatients;
    });

    private static ValidationTarget LayerThickness() => DataEntry(
        "V-24", "Thickness of the dermis", "ultrasound, 49 men and 69 women", "zygoma 0.87 and 1.14 mm, forehead 0.86 and 1.17 mm, in women and men", ["E-142"],
        [
            ("zygoma, women", 0.87, "mm", EvidenceCatalogue.Value("tissue.dermis.zygoma.female", "mm")),
            ("zygoma, men", 1.14, "mm", EvidenceCatalogue.Value("tissue.dermis.zygoma.male", "mm")),
            ("forehead, women", 0.86, "mm", EvidenceCatalogue.Value("tissue.dermis.forehead.female", "mm")),
            ("forehead, men", 1.17, "mm", EvidenceCatalogue.Value("tissue.dermis.forehead.male", "mm")),
        ]);

    private static ValidationTarget Elasticity() => new(
        "V-25", "Elasticity in suction by age", "Cutometer on the face of 96 women of 20 to 75 years", "R2, R5 and R7 fall with age, R7 most", ["E-159"], ValidationUse.Independent,
        new Trial { Name = "V-25", Arms = [OfAge("younger", 20, 30), OfAge("older", 65, 75)] },
        [
            new("R2, older over younger", null, 1, "1", result => At(result, "older", "untreatedR2") / At(result, "younger", "untreatedR2")),
            new("R5, older over younger", null, 1, "1", result => At(result, "older", "untreatedR5") / At(result, "younger", "untreatedR5")),
            new("R7, older over younger", null, 1, "1", result => At(result, "older", "untreatedR7") / At(result, "younger", "untreatedR7")),
            new("fall of R7 over the larger of the falls of R2 and R5", 1, null, "1", result => Fall(result, "untreatedR7") / Math.Max(Fall(result, "untreatedR2"), Fall(result, "untreatedR5"))),
        ])
    {
        Remark = "Directions and the order of the falls: the paper's values by age were not read. Nothing of the model was set by them.",
    };

    private static double Fall(TrialResult result, string endpoint) => 1 - (At(result, "older", endpoint) / At(result, "younger", endpoint));

    private static TrialArm OfAge(string name, double low, double high) => new()
    {
        Name = name,
        Cohort = new() { Patients = 2, Seed = 25, AgeYears = new AgeSpan(low, high), Laxity = [Laxity.Mild] },
        Protocol = new() { Area = TreatmentArea.Jawline, Material = ThreadMaterial.Pdo },
        VisitsMonths = [0],
        Endpoints = [new() { Kind = TrialEndpointKind.UntreatedR2 }, new() { Kind = TrialEndpointKind.UntreatedR5 }, new() { Kind = TrialEndpointKind.UntreatedR7 }],
    };

    private static ValidationTarget DataEntry(string id, string quantity, string conditions, string published, string[] sources, (string What, double Published, string Unit, double Entered)[] numbers) => new(
        id, quantity, conditions, published, sources, ValidationUse.DataEntry, new Trial { Name = id }, [.. numbers.Select(number => new TargetValue(number.What, number.Published, number.Published, number.Unit, _ => number.Entered))])
    {
        Remark = "Compares the catalogue with the publication. It says nothing of the model and does not count.",
    };

    private static TrialArm Fixed(ThreadMaterial material) => new()
    {
        Name = material.ToString(),
        Cohort = new() { Patients = 2, Seed = 18, AgeYears = new AgeSpan(40, 60) },
        Protocol = new() { Area = TreatmentArea.NasolabialFold, Material = material, ThreadsPerSide = 3, Anchor = AnchorKind.Fixed },
        VisitsMonths = [0, 1, 24],
        Endpoints = [new() { Kind = TrialEndpointKind.Lift }],
    };

    private static SuturePull Cones(double forceN) => new()
    {
        Name = "cones", Material = ThreadMaterial.Plla, DiameterMm = 0.23, Barbs = BarbKind.Cone, Count = 4, SpacingMm = 8, ForcesN = [forceN], SkinMm = 1.5, SuperficialFatMm = 5, SmasMm = 3,
    };

    private static ThreadBench Thread(string name, ThreadMaterial material, double diameterMm, params double[] days) => new() { Name = name, Material = material, DiameterMm = diameterMm, Days = days };

    // In the middle of a range that spans a factor: as far from its ends in ratio.
    private static double Middle(Fact fact) => Math.Sqrt(fact.Low!.Value * fact.High!.Value);

    private static double At(TrialResult result, string arm, string endpoint) => result.Rows.Single(row => row.Arm == arm && row.Endpoint == endpoint).Mean;

    private static double At(TrialResult result, string arm, string endpoint, double at) => result.Rows.Single(row => row.Arm == arm && row.Endpoint == endpoint && row.At == at).Mean;
}
