using Threadwell.Anatomy;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Biology;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Prediction;

namespace Threadwell.Reports.Tests;

/// <summary>A prediction with invented numbers on a virtual head: enough to draw and print, nothing to believe.</summary>
internal static class SyntheticPrediction
{
    private static readonly double[] Months = [0, 0.5, 1, 2, 3, 6, 9, 12, 18, 24, 36, 48, 60];
    private static readonly Lazy<CoursePrediction> Made = new(Create);

    public static CoursePrediction Value => Made.Value;

    private static CoursePrediction Create()
    {
        var patient = VirtualPatient.Create(new VirtualPatientTraits { AgeYears = 52, Sex = Sex.Female, Laxity = Laxity.Moderate, Seed = 1 });
        ThreadPlan plan = Plan(patient);
        TriangleMesh skin = Region(patient.Scan, plan);
        var tissue = new LayeredTissue
        {
            Skin = skin,
            Nodes = [.. skin.Positions.SelectMany(point => new[] { point, point })],
            CellLayers = [TissueLayer.Skin],
            PressurePartner = new int[skin.TriangleCount],
            OnCutEdge = new bool[skin.VertexCount],
            LigamentShare = new double[skin.VertexCount],
            EdgeLengthMm = 3,
        };
        var still = new Vector3D[skin.VertexCount];
        return new CoursePrediction
        {
            Document = Document(plan),
            Plan = plan,
            Scan = patient.Scan,
            Tissue = tissue,
            Treated = [.. Months.Select(_ => Lifted(skin, plan))],
            Untreated = [.. Months.Select(_ => still)],
            ThreadPaths = [.. plan.Threads.Select(thread => Under(thread, patient.Scan))],
            NewCollagen = [.. Months.Select(_ => new double[skin.VertexCount])],
        };
    }

    private static ThreadPlan Plan(VirtualPatient patient)
    {
        var threads = new List<PlannedThread>();
        var targets = new List<LiftTarget>();
        foreach (bool left in new[] { true, false })
        {
            Vector3D tragus = patient.Landmarks[LandmarkNames.OnSide("tragus", left)];
            Vector3D jowl = patient.Landmarks[LandmarkNames.OnSide("jowl", left)];
            Vector3D start = Vector3D.Lerp(tragus, jowl, 0.12) + new Vector3D(0, 6, 0);
            var tree = new TriangleBvh(patient.Scan);
            for (int number = 1; number <= 3; number++)
            {
                Vector3D end = jowl + new Vector3D(0, 9.0 * (number - 2), 0);
                Vector3D begin = start + new Vector3D(0, 5.0 * (number - 2), 0);
                threads.Add(new PlannedThread
                {
                    Id = (left ? "L" : "R") + number,
                    Material = ThreadMaterial.Pdo,
                    DiameterMm = 0.32,
                    Barbs = BarbKind.Cut,
                    BarbsPerCm = 5,
                    Direction = BarbDirection.Bidirectional,
                    Anchor = AnchorKind.SelfAnchored,
                    Path = [.. Enumerable.Range(0, 13).Select(step => tree.ClosestPoint(Vector3D.Lerp(begin, end, step / 12.0)).Position)],
                    DepthMm = 4,
                    GatherMm = 6,
                    Reason = "Carries the jowl <towards> the ear.",
                });
            }

            targets.Add(new LiftTarget(LandmarkNames.OnSide("jowl", left), (tragus - jowl).Normalized()));
        }

        return new ThreadPlan
        {
            Scan = new ScanReference { Path = "scan.glb", Sha256 = new string('a', 64), Unit = "m" },
            Patient = new PatientDescription { AgeYears = 52, Sex = Sex.Female, Laxity = Laxity.Moderate },
            Area = TreatmentArea.Jawline,
            Landmarks = [.. patient.Landmarks.All],
            Targets = targets,
            Threads = threads,
            Warnings = ["The layout is an assumption: no layout was published for this area."],
        };
    }

    private static TriangleMesh Region(TriangleMesh scan, ThreadPlan plan)
    {
        var near = new bool[scan.VertexCount];
        for (int vertex = 0; vertex < near.Length; vertex++)
        {
            near[vertex] = plan.Threads.SelectMany(thread => thread.Path).Any(point => Vector3D.Distance(point, scan.Positions[vertex]) < 30);
        }

        var numbers = new Dictionary<int, int>();
        var positions = new List<Vector3D>();
        var corners = new List<int>();
        for (int corner = 0; corner < scan.Triangles.Length; corner += 3)
        {
            int[] triangle = scan.Triangles[corner..(corner + 3)];
            if (!triangle.All(vertex => near[vertex]))
            {
                continue;
            }

            foreach (int vertex in triangle)
            {
                if (numbers.TryAdd(vertex, positions.Count))
                {
                    positions.Add(scan.Positions[vertex]);
                }

                corners.Add(numbers[vertex]);
            }
        }

        return new TriangleMesh([.. positions], [.. corners]);
    }

    private static Vector3D[] Lifted(TriangleMesh skin, ThreadPlan plan) =>
        [.. skin.Positions.Select(point => plan.Targets.Aggregate(Vector3D.Zero, (sum, target) =>
        {
            Vector3D jowl = plan.Landmarks.First(landmark => landmark.Name == target.Landmark).Position;
            Vector3D ear = jowl + (70 * target.Vector);
            double up = 3.6 * Math.Exp(-(point - jowl).LengthSquared / 500);
            double down = -1.6 * Math.Exp(-(point - ear).LengthSquared / 250);
            return sum + ((up + down) * target.Vector);
        }))];

    private static Vector3D[] Under(PlannedThread thread, TriangleMesh scan)
    {
        var tree = new TriangleBvh(scan);
        return [.. thread.Path.Select(point => point - (thread.DepthMm * scan.TriangleAreaVector(tree.ClosestPoint(point).Triangle).Normalized()))];
    }

    private static PredictionDocument Document(ThreadPlan plan)
    {
        double[] lift = [.. Months.Select(month => (2.9 * Math.Exp(-month / 3)) + (0.55 * Math.Exp(-month / 40)))];
        double[] untreated = [.. Months.Select(month => -0.02 * month)];
        double[] share = [.. Months.Select(month => Math.Exp(-month / 3))];
        return new PredictionDocument
        {
            ModelVersion = "0.1.0-test",
            InputSha256 = new string('b', 64),
            Seed = 1,
            TimesDays = [.. Months.Select(month => month * 365.25 / 12)],
            Landmarks = [.. plan.Targets.Select((target, index) => new LandmarkCourse
            {
                Name = target.Landmark,
                Vector = target.Vector,
                LiftMm = [.. lift.Select(value => value * (1 + (0.08 * index)))],
                UntreatedMm = untreated,
            })],
            Threads = [.. plan.Threads.Select(thread => new ThreadCourse
            {
                Id = thread.Id,
                Strength = share,
                Stiffness = share,
                Mass = share,
                TensionN = share,
                Collagen = [.. share.Select(value => 0.02 * (1 - value))],
                Elastin = [.. share.Select(value => 0.001 * (1 - value))],
                SlippedBarbs = [.. Months.Select(month => (int)(month / 10))],
            })],
            SupportIndex = [.. Months.Select(month => 1 - (0.0008 * month) + (0.22 * (1 - Math.Exp(-month / 5)) * Math.Exp(-month / 45)))],
            UntreatedSupportIndex = [.. Months.Select(month => 1 - (0.0008 * month))],
            Elasticity = new ElasticityDocument
            {
                R2 = [.. Months.Select(month => 0.745 - (0.0002 * month))],
                R5 = [.. Months.Select(month => 0.705 - (0.0001 * month))],
                R7 = [.. Months.Select(month => 0.435 - (0.0001 * month))],
                UntreatedR2 = [.. Months.Select(month => 0.731 - (0.0002 * month))],
                UntreatedR5 = [.. Months.Select(month => 0.691 - (0.0001 * month))],
                UntreatedR7 = [.. Months.Select(month => 0.421 - (0.0001 * month))],
            },
            Summary = new PredictionSummary
            {
                LiftNowMm = lift[0],
                LiftHalfLifeMonths = 2.4,
                LiftEndMonths = 38.2,
                VisibleLiftEndMonths = 3.1,
                VisibleThresholdMm = 1,
                SupportHalfLifeMonths = 41,
                SupportEndMonths = null,
                BackToDayZeroMonths = 14.3,
                SimulatedMonths = 60,
            },
            Mesh = new MeshFacts { Nodes = 9120, Elements = 15200, Columns = 912, EdgeLengthMm = 3, SmallestScaledJacobian = 0.31 },
            Residuals = [.. Months.Select(_ => 3.2e-7)],
            Warnings = ["A computer estimate from a model that was not validated on patients."],
        };
    }

    /// <summary>Made-up bands round a course.</summary>
    public static EnsembleDocument Bands(PredictionDocument document)
    {
        CurveBand lift = Round([.. document.Landmarks[0].LiftMm], 0.4);
        var number = new NumberBand { Low90 = 1.5, Low50 = 2, Median = 2.4, High50 = 4, High90 = null };
        return new EnsembleDocument
        {
            Samples = 128,
            Failed = 0,
            Facts = 107,
            Landmarks = [.. document.Landmarks.Select(landmark => new LandmarkBands { Name = landmark.Name, LiftMm = lift, UntreatedMm = Round(landmark.UntreatedMm, 0.1) })],
            MeanLiftMm = lift,
            MeanPositionMm = lift,
            MeanUntreatedMm = Round(document.Landmarks[0].UntreatedMm, 0.1),
            SupportIndex = Round(document.SupportIndex, 0.04),
            UntreatedSupportIndex = Round(document.UntreatedSupportIndex, 0.01),
            SupportGain = Round([.. document.SupportIndex.Zip(document.UntreatedSupportIndex, (with, without) => with - without)], 0.03),
            Summary = new SummaryBands
            {
                LiftNowMm = number,
                LiftHalfLifeMonths = number,
                LiftEndMonths = number,
                VisibleLiftEndMonths = number,
                LargestSupportGain = new NumberBand { Low90 = 0.05, Low50 = 0.08, Median = 0.1, High50 = 0.15, High90 = 0.2 },
                SupportHalfLifeMonths = number,
                SupportEndMonths = number,
                BackToDayZeroMonths = number,
            },
            ReducedModel = new ReducedModelFacts { Nodes = 1000, EdgeLengthMm = 13, LiftScaleError = 0.06, LiftErrorMm = 0.12, SupportError = 0.002 },
        };
    }

    private static CurveBand Round(IReadOnlyList<double> curve, double reach)
    {
        double[] Shifted(double by) => [.. curve.Select(value => value + by)];
        return new CurveBand { Low90 = Shifted(-reach), Low50 = Shifted(-reach / 2), Median = Shifted(0), High50 = Shifted(reach / 2), High90 = Shifted(reach) };
    }
}
