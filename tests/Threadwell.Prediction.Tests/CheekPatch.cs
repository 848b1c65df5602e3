using Threadwell.Anatomy;
using Threadwell.Anatomy.Tissue;
using Threadwell.Biology;
using Threadwell.Geometry;
using Threadwell.Plans;

namespace Threadwell.Prediction.Tests;

/// <summary>A patch of cheek on a cylinder of 70 mm radius, with layers of even thickness and threads that run down it: quick to solve.</summary>
internal static class CheekPatch
{
    private const double RadiusMm = 70;

    public static Vector3D OnSkin(double across, double up) =>
        new(RadiusMm * Math.Sin(across / RadiusMm), up, RadiusMm * Math.Cos(across / RadiusMm));

    public static TriangleMesh Skin(double edgeMm, double widthMm = 40, double heightMm = 60)
    {
        int columns = (int)Math.Round(widthMm / edgeMm), rows = (int)Math.Round(heightMm / (edgeMm * Math.Sqrt(3) / 2));
        var positions = new List<Vector3D>();
        var triangles = new List<int>();
        for (int row = 0; row <= rows; row++)
        {
            for (int column = 0; column <= columns; column++)
            {
                double shift = row % 2 == 1 && column > 0 && column < columns ? 0.5 : 0;
                positions.Add(OnSkin(widthMm * (((column - shift) / columns) - 0.5), heightMm * (((double)row / rows) - 0.5)));
            }
        }

        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                int a = (row * (columns + 1)) + column, b = a + 1, c = a + columns + 1, d = c + 1;
                triangles.AddRange(row % 2 == 0 ? [a, b, d, a, d, c] : [a, b, c, b, d, c]);
            }
        }

        return new TriangleMesh([.. positions], [.. triangles]);
    }

    public static LayeredTissue Tissue(double edgeMm) => TissueBuilder.BuildOn(Skin(edgeMm), new SiteLayers(4, 1.5, 4, 1.6));

    public static ThreadPlan Plan(ThreadMaterial material = ThreadMaterial.Pdo) => new()
    {
        Scan = new ScanReference { Path = "patch.obj", Sha256 = new string('0', 64), Unit = "mm" },
        Patient = new PatientDescription { AgeYears = 52, Sex = Sex.Female, Laxity = Laxity.Moderate },
        Area = TreatmentArea.Jawline,
        Landmarks = [new Landmark("jowl.left", OnSkin(1, -14), 1)],
        Targets = [new LiftTarget("jowl.left", Vector3D.UnitY)],
        Threads = [Thread("A", -6, material), Thread("B", 7, material)],
    };

    public static CoursePrediction Predict(
        ThreadPlan plan, double months, NetworkBirths births = NetworkBirths.All, double edgeMm = 5, int threads = 2)
    {
        LayeredTissue tissue = Tissue(edgeMm);
        return CoursePredictor.Predict(
            plan, tissue.Skin, tissue, "plan.json", new PredictionOptions { Months = months, Births = births, Threads = threads }, null, default);
    }

    private static PlannedThread Thread(string id, double across, ThreadMaterial material) => new()
    {
        Id = id,
        Material = material,
        DiameterMm = 0.32,
        Barbs = BarbKind.Cut,
        BarbsPerCm = 5,
        Direction = BarbDirection.Bidirectional,
        Anchor = AnchorKind.SelfAnchored,
        Path = [.. Enumerable.Range(0, 10).Select(point => OnSkin(across, 20 - (40.0 * point / 9)))],
        DepthMm = 4,
        GatherMm = 6,
    };
}
