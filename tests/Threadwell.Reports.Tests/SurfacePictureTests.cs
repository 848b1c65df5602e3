using SkiaSharp;
using Threadwell.Geometry;
using Threadwell.Reports.Colour;
using Threadwell.Reports.Surfaces;

namespace Threadwell.Reports.Tests;

public class SurfacePictureTests
{
    private static readonly TriangleMesh Ball = Sphere(40, 24);

    [Fact]
    public void A_sphere_fills_the_frame_as_a_round_disc()
    {
        using SKBitmap picture = SKBitmap.Decode(SurfacePicture.Render(
            new SurfaceScene { Mesh = Ball }, [new SurfaceView(null, 0)], 200, 200));
        int covered = 0;
        for (int y = 0; y < 200; y++)
        {
            for (int x = 0; x < 200; x++)
            {
                SKColor colour = picture.GetPixel(x, y);
                covered += colour.Red > colour.Blue + 12 ? 1 : 0;
            }
        }

        // The frame keeps 5 % free on each side, so the disc has a radius of 90 pixels.
        Assert.InRange(covered, 0.97 * Math.PI * 90 * 90, 1.01 * Math.PI * 90 * 90);
    }

    [Fact]
    public void The_key_light_comes_from_above_and_the_left_of_the_picture()
    {
        using SKBitmap picture = SKBitmap.Decode(SurfacePicture.Render(
            new SurfaceScene { Mesh = Ball }, [new SurfaceView(null, 0)], 200, 200));
        Assert.True(picture.GetPixel(65, 60).Green > picture.GetPixel(140, 145).Green + 30);
    }

    [Fact]
    public void The_same_scene_gives_the_same_bytes()
    {
        var scene = new SurfaceScene { Mesh = Ball };
        Assert.Equal(
            SurfacePicture.Render(scene, [SurfaceView.ThreeQuartersLeft], 120, 120),
            SurfacePicture.Render(scene, [SurfaceView.ThreeQuartersLeft], 120, 120));
    }

    [Fact]
    public void The_patient_s_left_is_on_the_right_of_a_front_view()
    {
        Camera camera = Camera.Around(Ball.Positions, 0, 0, 200, 200);
        Assert.True(camera.Project(new Vector3D(10, 0, 0)).X > 100);
        Assert.True(camera.Project(new Vector3D(0, 10, 0)).Y < 100);
        Assert.True(Camera.Around(Ball.Positions, 90, 0, 200, 200).Project(new Vector3D(40, 0, 0)).Distance
            < Camera.Around(Ball.Positions, 90, 0, 200, 200).Project(new Vector3D(-40, 0, 0)).Distance);
    }

    [Fact]
    public void Both_scales_step_evenly_in_lightness()
    {
        var sequential = ColourScale.Sequential(0, 1, "value");
        float[] lightness = [.. Enumerable.Range(0, 11).Select(step => Oklab.FromLinear(sequential.At(step / 10.0)).X)];
        for (int step = 1; step < lightness.Length; step++)
        {
            Assert.Equal(0.062f, lightness[step] - lightness[step - 1], 3);
        }

        var movement = ColourScale.Movement(-2, 4, "lift");
        Assert.Equal(ColourScale.Skin.X, movement.At(0).X, 1e-2);
        Assert.Equal(Oklab.FromLinear(movement.At(2)).X, Oklab.FromLinear(movement.At(-2)).X, 1e-2);
    }

    [Theory]
    [InlineData(0, 60, 6, new[] { 0.0, 10, 20, 30, 40, 50, 60 })]
    [InlineData(-2.4, 5.2, 6, new[] { -2.0, 0, 2, 4 })]
    [InlineData(0.95, 1.25, 5, new[] { 1.0, 1.1, 1.2 })]
    public void Ticks_are_round(double low, double high, int about, double[] expected) =>
        Assert.Equal(expected, RoundTicks.Between(low, high, about).Select(tick => Math.Round(tick, 9)));

    private static TriangleMesh Sphere(int around, int down)
    {
        var positions = new List<Vector3D>();
        for (int row = 0; row <= down; row++)
        {
            double polar = Math.PI * row / down;
            for (int column = 0; column < around; column++)
            {
                double round = 2 * Math.PI * column / around;
                positions.Add(40 * new Vector3D(Math.Sin(polar) * Math.Sin(round), Math.Cos(polar), Math.Sin(polar) * Math.Cos(round)));
            }
        }

        var triangles = new List<int>();
        for (int row = 0; row < down; row++)
        {
            for (int column = 0; column < around; column++)
            {
                int a = (row * around) + column;
                int b = (row * around) + ((column + 1) % around);
                triangles.AddRange([a, a + around, b, b, a + around, b + around]);
            }
        }

        return new TriangleMesh([.. positions], [.. triangles]);
    }
}
