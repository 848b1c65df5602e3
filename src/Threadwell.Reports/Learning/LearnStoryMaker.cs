using System.Security.Cryptography;
using System.Text;
using Threadwell.Anatomy;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Biology;
using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Suggestion;
using Threadwell.Prediction;

namespace Threadwell.Reports.Learning;

/// <summary>Runs the engine for the page that explains a thread lift, and draws its pictures.</summary>
public static class LearnStoryMaker
{
    /// <summary>Length of the courses, months.</summary>
    public const double Months = 60;

    private const double DrawingShare = 0.15;

    // The cut goes along the middle thread of the left side, within the half whose barbs all point one way.
    private const int CutThread = 1;
    private const double CutFromMm = 9;
    private const double CutLengthMm = 24;
    private const double CutDepthMm = 9;
    private const double CutStepMm = 0.1;

    private static readonly VirtualPatientTraits Traits = new() { AgeYears = 52, Sex = Sex.Female, Laxity = Laxity.Moderate, Seed = 1 };

    // The story's own material first; the other is one that dissolves late.
    private static readonly ThreadMaterial[] Materials = [ThreadMaterial.Pdo, ThreadMaterial.Pcl];

    // Close together while cells come and go, wide apart while tissue only turns over.
    private static readonly double[] CurveDays =
    [
        0, 1, 2, 3, 4, 5, 7, 10, 14, 18, 21, 28, 35, 42, 49, 56, 70, 84, 98, 112, 126, 140, 154, 168, 182, 210, 240, 270, 300, 330, 365,
        420, 480, 540, 600, 660, 730, 820, 910, 1000, 1096, 1278, 1461, 1643, 1826.25,
    ];

    /// <summary>Materials of the runs, the story's own first.</summary>
    public static IReadOnlyList<ThreadMaterial> RunMaterials => Materials;

    /// <summary>Makes the story and its pictures.</summary>
    /// <param name="samples">Courses behind the bands; 0 for none.</param>
    /// <param name="threads">Threads of execution; the result does not depend on it.</param>
    /// <param name="progress">Told how far it has come; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The story, and its pictures by their file names.</returns>
    public static (LearnStory Story, IReadOnlyDictionary<string, byte[]> Pictures) Make(int samples, int threads, IProgress<CourseProgress>? progress, CancellationToken cancellation)
    {
        var patient = VirtualPatient.Create(Traits);
        var options = new PredictionOptions { Months = Months, Samples = samples, Threads = threads };
        var predictions = new List<CoursePrediction>();
        for (int run = 0; run < Materials.Length; run++)
        {
            double share = (1 - DrawingShare) / Materials.Length;
            predictions.Add(CoursePredictor.Predict(PlanOf(patient, Materials[run]), patient.Scan, "learn", options, new ProgressPart(progress, run * share, share), cancellation));
        }

        progress?.Report(new CourseProgress(1 - DrawingShare, "Drawing the pictures"));
        var pictures = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        var face = new FacePictures(predictions[0]);
        LearnFace shown = face.Describe(predictions, pictures);
        var frames = new List<IReadOnlyList<LearnFrame>>();
        foreach (CoursePrediction prediction in predictions)
        {
            cancellation.ThrowIfCancellationRequested();
            frames.Add(face.Frames(prediction, pictures));
        }

        CoursePrediction own = predictions[0];
        ThreadSection section = ThreadSection.Along(own, CutThread, CutFromMm, CutLengthMm, CutDepthMm, CutStepMm);
        TissueResponseCourse highest = Response(own.Plan, atBarb: true);
        var story = new LearnStory
        {
            ModelVersion = CoursePredictor.ModelVersion,
            Patient = new LearnPatient(Traits.AgeYears, Traits.Sex, Traits.Laxity, (int)Traits.Seed),
            Area = own.Plan.Area,
            Months = Months,
            Face = shown,
            Section = SectionPictures.Describe(section, own.Plan.Threads[CutThread].Id, pictures),
            Runs = [.. predictions.Select((prediction, run) => RunOf(prediction, highest, frames[run]))],
        };
        progress?.Report(new CourseProgress(1, "Done"));
        return (story, pictures);
    }

    /// <summary>Hash of what the course of a material is computed from today: a stored run with another one is stale.</summary>
    public static string InputSha256(ThreadMaterial material) => Plans.Files.PredictionFile.InputSha256(PlanOf(VirtualPatient.Create(Traits), material), Months, FactValues.Catalogue);

    /// <summary>The curves of polymer and tissue as they are computed today, without a course.</summary>
    /// <param name="stored">The stored run.</param>
    /// <returns>Strength, mass, and new collagen at a barb and between barbs, at the stored times.</returns>
    public static (double[] Strength, double[] Mass, double[] AtBarb, double[] Between) Curves(LearnRun stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ThreadPlan plan = PlanOf(VirtualPatient.Create(Traits), stored.Material);
        PolymerState[] polymer = Polymers(plan);
        return ([.. polymer.Select(state => Short(state.Strength))], [.. polymer.Select(state => Short(state.Mass))], Short(Response(plan, atBarb: true).Collagen), Short(Response(plan, atBarb: false).Collagen));
    }

    /// <summary>The first times of a run's course as the engine computes them today: the day of treatment is the same however long the course.</summary>
    /// <param name="material">Material of the threads.</param>
    /// <param name="months">Length of the short course.</param>
    public static CoursePrediction Shortened(ThreadMaterial material, double months)
    {
        var patient = VirtualPatient.Create(Traits);
        return CoursePredictor.Predict(PlanOf(patient, material), patient.Scan, "learn", new PredictionOptions { Months = months });
    }

    private static ThreadPlan PlanOf(VirtualPatient patient, ThreadMaterial material) => StandardPlan.Suggest(new StandardPlanRequest
    {
        Mesh = patient.Scan,
        Landmarks = patient.Landmarks,
        Scan = new ScanReference { Path = "virtual", Sha256 = HashOf(patient.Scan), Unit = "mm" },
        Patient = new PatientDescription { AgeYears = Traits.AgeYears, Sex = Traits.Sex, Laxity = Traits.Laxity },
        Area = TreatmentArea.Jawline,
        Material = material,
        Seed = 1,
    });

    // There is no file to hash: the places of the points, to a thousandth of a millimetre, are the scan.
    private static string HashOf(TriangleMesh scan)
    {
        var text = new StringBuilder();
        foreach (Vector3D point in scan.Positions)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{point.X:0.000} {point.Y:0.000} {point.Z:0.000}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static LearnRun RunOf(CoursePrediction prediction, TissueResponseCourse highest, IReadOnlyList<LearnFrame> frames)
    {
        PredictionDocument document = prediction.Document;
        var mean = new MeanCourse(document);
        PlannedThread thread = prediction.Plan.Threads[CutThread];
        TissueResponseCourse response = Response(prediction.Plan, atBarb: true);
        PolymerState[] polymer = Polymers(prediction.Plan);
        double macrophages = Math.Max(highest.Inflammation.Max(), highest.ReparativeMacrophages.Max());
        double[] Builders(TissueResponseCourse of) => [.. of.Fibroblasts.Zip(of.Myofibroblasts, (one, other) => one + other)];
        double[] Relative(IEnumerable<double> values, double to) => Short(values.Select(value => value / to));
        return new LearnRun
        {
            Material = thread.Material,
            InputSha256 = document.InputSha256,
            Seed = document.Seed,
            Samples = document.Ensemble?.Samples ?? 0,
            DiameterMm = thread.DiameterMm,
            Threads = prediction.Plan.Threads.Count,
            Barbs = (int)Math.Floor((PlanWords.LengthMm(thread) * thread.BarbsPerCm / 10) + 1e-9),
            TensionN = Short(document.Threads[CutThread].TensionN[0]),
            Summary = document.Summary,
            TimesDays = Short(document.TimesDays),
            LiftMm = Short(mean.Lift),
            UntreatedMm = Short(mean.Untreated),
            Support = Short(document.SupportIndex),
            UntreatedSupport = Short(document.UntreatedSupportIndex),
            HalfLifeBand = document.Ensemble?.Summary.LiftHalfLifeMonths is { } half ? [Short(half.Low90), Short(half.High90)] : null,
            LiftBand = Short(document.Ensemble?.MeanLiftMm),
            SupportBand = Short(document.Ensemble?.SupportIndex),
            Days = CurveDays,
            Strength = Short(polymer.Select(state => state.Strength)),
            Mass = Short(polymer.Select(state => state.Mass)),
            Inflammation = Relative(response.Inflammation, macrophages),
            Repair = Relative(response.ReparativeMacrophages, macrophages),
            GrowthFactor = Relative(response.GrowthFactor, highest.GrowthFactor.Max()),
            Fibroblasts = Relative(Builders(response), Builders(highest).Max()),
            CollagenAtBarb = Short(response.Collagen),
            CollagenBetween = Short(Response(prediction.Plan, atBarb: false).Collagen),
            Frames = frames,
        };
    }

    private static PolymerState[] Polymers(ThreadPlan plan)
    {
        PlannedThread thread = plan.Threads[CutThread];
        return [.. CurveDays.Select(day => Polymer.State(thread.Material, thread.DiameterMm, day))];
    }

    private static TissueResponseCourse Response(ThreadPlan plan, bool atBarb)
    {
        PlannedThread thread = plan.Threads[CutThread];
        return TissueResponse.Simulate(
            new TissueResponseInput
            {
                Material = thread.Material,
                DiameterMm = thread.DiameterMm,
                IsBarb = atBarb,
                Subject = new Subject { AgeYears = plan.Patient.AgeYears, IsFemale = plan.Patient.Sex == Sex.Female, IsSmoker = plan.Patient.Smoker },
            },
            CurveDays);
    }

    // More digits than anybody sees would only make the page longer.
    private static double Short(double value) => Math.Round(value, 5);

    private static double? Short(double? value) => value is { } known ? Short(known) : null;

    private static double[] Short(IEnumerable<double> values) => [.. values.Select(Short)];

    private static CurveBand? Short(CurveBand? band) => band is null
        ? null
        : new CurveBand { Low90 = Short(band.Low90), Low50 = Short(band.Low50), Median = Short(band.Median), High50 = Short(band.High50), High90 = Short(band.High90) };
}
