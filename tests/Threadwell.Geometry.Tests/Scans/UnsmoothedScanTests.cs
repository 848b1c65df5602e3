namespace Threadwell.Geometry.Tests.Scans;

public sealed class UnsmoothedScanTests
{
    [Fact]
    public void A_scan_that_is_compared_keeps_its_noise()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(3);
        TriangleMesh sphere = Shapes.Sphere(90, 5);
        string file = folder.File("noisy.ply");
        MeshWriter.Write(file, new TriangleMesh([.. sphere.Positions.Select(point => (1 + (0.02 * random.NextDouble())) * point)], sphere.Triangles));
        double smooth = Roughness(ScanReader.Read(file, new ScanOptions { Unit = "mm" }));
        double kept = Roughness(ScanReader.Read(file, new ScanOptions { Unit = "mm", SmoothsNoise = false }));
        Assert.True(smooth < 0.7 * kept, $"{smooth:0.000} against {kept:0.000} mm");
    }

    private static double Roughness(Scan scan)
    {
        double[] radii = [.. scan.Mesh.Positions.Select(point => point.Length)];
        double mean = radii.Average();
        return Math.Sqrt(radii.Average(radius => (radius - mean) * (radius - mean)));
    }
}
