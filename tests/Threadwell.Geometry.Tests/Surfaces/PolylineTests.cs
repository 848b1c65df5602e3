namespace Threadwell.Geometry.Tests.Surfaces;

public class PolylineTests
{
    private static readonly Vector3D[] Corner = [new(0, 0, 0), new(10, 0, 0), new(10, 10, 0)];

    [Theory]
    [InlineData(5, 3, 4, 5, 0, 0.5)]
    [InlineData(-3, 4, 0, 5, 0, 0)]
    [InlineData(13, 8, 0, 3, 1, 0.8)]
    [InlineData(10, 14, 3, 5, 1, 1)]
    public void The_nearest_point_lies_on_a_piece_or_at_an_end(double x, double y, double z, double distance, int piece, double share)
    {
        (double found, int on, double at) = Polyline.NearestTo(Corner, new Vector3D(x, y, z));
        Assert.Equal(distance, found, 12);
        Assert.Equal(piece, on);
        Assert.Equal(share, at, 12);
    }

    [Fact]
    public void A_place_is_a_curve_of_one_point_and_a_piece_without_length_is_its_point()
    {
        Assert.Equal((5, 0, 0), Polyline.NearestTo([Vector3D.Zero], new Vector3D(3, 4, 0)));
        Assert.Equal((5, 0, 0), Polyline.NearestTo([Vector3D.Zero, Vector3D.Zero], new Vector3D(3, 4, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Polyline.NearestTo([], Vector3D.Zero));
    }
}
