using Threadwell.Geometry;

namespace Threadwell.Prediction.Tests;

/// <summary>Looking for points near a place.</summary>
public sealed class PointGridTests
{
    [Fact]
    public void TheNearestIsThatOfAllHoweverFarItLies()
    {
        var random = new Random(3);
        Vector3D Next(double width) => width * new Vector3D(random.NextDouble(), random.NextDouble(), random.NextDouble());
        Vector3D[] points = [.. Enumerable.Range(0, 200).Select(_ => Next(30))];
        points = [.. points, points[7]];
        var grid = new PointGrid(points, 2);
        foreach (Vector3D at in (Vector3D[])[.. Enumerable.Range(0, 50).Select(_ => Next(60)), new Vector3D(-90, 10, 10), points[7]])
        {
            Assert.Equal(Enumerable.Range(0, points.Length).MinBy(point => Vector3D.Distance(points[point], at)), grid.Nearest(at));
        }
    }
}
