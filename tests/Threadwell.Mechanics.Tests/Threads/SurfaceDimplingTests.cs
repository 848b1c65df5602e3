using Threadwell.Geometry;
using Threadwell.Mechanics.Threads;

namespace Threadwell.Mechanics.Tests.Threads;

public sealed class SurfaceDimplingTests
{
    private static readonly DimplingLimits s_limits = new(HollowingPerMm: 0.05, Gathering: 0.2);

    [Fact]
    public void RigidMotionShowsNothing()
    {
        TriangleMesh skin = Cap();
        double angle = 0.7;
        DimplingMeasure[] measures = SurfaceDimpling.Measure(
            skin,
            Displacement(skin, p => new Vector3D((Math.Cos(angle) * p.X) - (Math.Sin(angle) * p.Y) + 3, (Math.Sin(angle) * p.X) + (Math.Cos(angle) * p.Y), p.Z - 1)),
            6,
            s_limits);
        Assert.All(measures, measure =>
        {
            Assert.Equal(1, measure.LargestStretch, 1e-12);
            Assert.Equal(1, measure.SmallestStretch, 1e-12);
            Assert.Equal(0, measure.HollowingPerMm, 1e-10);
            Assert.Equal(0, measure.Risk, 1e-8);
        });
    }

    [Fact]
    public void AnInPlaneStretchHasItsPrincipalValues()
    {
        TriangleMesh skin = Grid(_ => 0);
        DimplingMeasure[] measures = SurfaceDimpling.Measure(skin, Displacement(skin, p => new Vector3D(1.2 * p.X, 0.9 * p.Y, 0)), 6, s_limits);
        Assert.All(measures, measure =>
        {
            Assert.Equal(1.2, measure.LargestStretch, 1e-12);
            Assert.Equal(0.9, measure.SmallestStretch, 1e-12);
            Assert.Equal(0.5, measure.Risk, 1e-9);
        });
    }

    [Fact]
    public void AParaboloidalDimpleHasItsMeanCurvature()
    {
        // z = depth (r²/w² - 1) has mean curvature 2 depth / w² at its centre.
        TriangleMesh skin = Grid(_ => 0);
        const double depth = 0.4, width = 8;
        DimplingMeasure[] measures = SurfaceDimpling.Measure(
            skin, Displacement(skin, p => p + new Vector3D(0, 0, depth * (((p.X * p.X) + (p.Y * p.Y)) / (width * width)))), 5, s_limits);
        int centre = Array.FindIndex(skin.Positions, p => p.Length < 1e-9);
        Assert.Equal(2 * depth / (width * width), measures[centre].HollowingPerMm, 1e-4);
    }

    [Fact]
    public void AVertexOnTheBorderThatMovesALittleIsNoDimple()
    {
        TriangleMesh skin = Grid(_ => 0);
        int corner = Array.FindIndex(skin.Positions, p => p.X.Equals(skin.Positions.Min(q => q.X)) && p.Y.Equals(skin.Positions.Min(q => q.Y)));
        double[] displacement = new double[3 * skin.VertexCount];
        displacement[(3 * corner) + 2] = 0.5;
        DimplingMeasure[] measures = SurfaceDimpling.Measure(skin, displacement, 5, s_limits);
        Assert.Equal(0, measures[corner].HollowingPerMm);
        Assert.All(measures, measure => Assert.True(measure.HollowingPerMm < s_limits.HollowingPerMm));
    }

    [Fact]
    public void GrowingASphereMakesItLessConvex()
    {
        TriangleMesh skin = Cap();
        DimplingMeasure[] measures = SurfaceDimpling.Measure(skin, Displacement(skin, p => 1.1 * p), 5, s_limits);
        double expected = (1 / 40.0) - (1 / 44.0);
        int top = Array.FindIndex(skin.Positions, p => Math.Abs(p.X) + Math.Abs(p.Y) < 1e-9);
        Assert.Equal(expected, measures[top].HollowingPerMm, 0.02 * expected);
    }

    private static double[] Displacement(TriangleMesh skin, Func<Vector3D, Vector3D> map) =>
        [.. skin.Positions.SelectMany(p => { Vector3D d = map(p) - p; return new[] { d.X, d.Y, d.Z }; })];

    private static TriangleMesh Cap() => Grid(p => Math.Sqrt((40 * 40) - (p.X * p.X) - (p.Y * p.Y)));

    /// <summary>24 x 24 mm, 1.5 mm apart, seen from +z.</summary>
    private static TriangleMesh Grid(Func<Vector3D, double> height)
    {
        const int cells = 16;
        var positions = new List<Vector3D>();
        var triangles = new List<int>();
        for (int y = 0; y <= cells; y++)
        {
            for (int x = 0; x <= cells; x++)
            {
                var flat = new Vector3D(1.5 * (x - (cells / 2)), 1.5 * (y - (cells / 2)), 0);
                positions.Add(flat + new Vector3D(0, 0, height(flat)));
                if (x < cells && y < cells)
                {
                    int a = (y * (cells + 1)) + x, b = a + 1, c = a + cells + 1, d = c + 1;
                    triangles.AddRange((x + y) % 2 == 0 ? [a, b, d, a, d, c] : [a, b, c, b, d, c]);
                }
            }
        }

        return new TriangleMesh([.. positions], [.. triangles]);
    }
}
