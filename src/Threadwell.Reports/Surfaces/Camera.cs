using Threadwell.Geometry;

namespace Threadwell.Reports.Surfaces;

/// <summary>A point as a camera sees it.</summary>
/// <param name="X">Across the picture from the left edge, pixels.</param>
/// <param name="Y">Down the picture from the upper edge, pixels.</param>
/// <param name="Distance">Distance from the camera along its axis, mm.</param>
public readonly record struct ProjectedPoint(double X, double Y, double Distance);

/// <summary>
/// A camera that looks at points from a side named by angles: azimuth 0 is the front, positive towards the patient's left (+x);
/// elevation is positive from above. The picture is upright (+y up).
/// </summary>
public sealed class Camera
{
    private readonly Vector3D apex;
    private readonly double scale;
    private readonly double centreX;
    private readonly double centreY;

    private Camera(Vector3D right, Vector3D up, Vector3D back, Vector3D eye, double scale, bool perspective, int width, int height)
    {
        Right = right;
        Up = up;
        apex = eye;
        this.scale = scale;
        Back = back;
        IsPerspective = perspective;
        Width = width;
        Height = height;
        centreX = 0.5 * width;
        centreY = 0.5 * height;
    }

    /// <summary>Unit vector from what is seen towards the camera.</summary>
    public Vector3D Back { get; }

    /// <summary>Unit vector to the right of the picture.</summary>
    public Vector3D Right { get; }

    /// <summary>Unit vector to the top of the picture.</summary>
    public Vector3D Up { get; }

    /// <summary>True for a perspective camera, false for a parallel one.</summary>
    public bool IsPerspective { get; }

    /// <summary>Width of the picture, pixels.</summary>
    public int Width { get; }

    /// <summary>Height of the picture, pixels.</summary>
    public int Height { get; }

    /// <summary>A camera that just holds the given points.</summary>
    /// <param name="points">Points to hold, mm, patient frame; at least one.</param>
    /// <param name="azimuthDegrees">Side, degrees from the front towards the patient's left.</param>
    /// <param name="elevationDegrees">Height, degrees above the horizontal; between −89 and 89.</param>
    /// <param name="width">Width of the picture, pixels.</param>
    /// <param name="height">Height of the picture, pixels.</param>
    /// <param name="margin">Empty border as a share of the picture.</param>
    /// <param name="fieldOfViewDegrees">Vertical field of view; 0 for a parallel camera.</param>
    public static Camera Around(
        IReadOnlyList<Vector3D> points,
        double azimuthDegrees,
        double elevationDegrees,
        int width,
        int height,
        double margin = 0.05,
        double fieldOfViewDegrees = 16)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentOutOfRangeException.ThrowIfZero(points.Count);
        double azimuth = azimuthDegrees * Math.PI / 180;
        double elevation = Math.Clamp(elevationDegrees, -89, 89) * Math.PI / 180;
        var back = new Vector3D(
            Math.Sin(azimuth) * Math.Cos(elevation), Math.Sin(elevation), Math.Cos(azimuth) * Math.Cos(elevation));
        Vector3D right = Vector3D.Cross(Vector3D.UnitY, back).Normalized();
        Vector3D up = Vector3D.Cross(back, right);
        bool perspective = fieldOfViewDegrees > 0;
        double usable = 1 - (2 * margin);

        if (!perspective)
        {
            (Vector3D low, Vector3D high) = Extent(points, right, up, back);
            double pixelsPerMm = usable * Math.Min(width / Math.Max(high.X - low.X, 1e-6), height / Math.Max(high.Y - low.Y, 1e-6));
            Vector3D centre = 0.5 * (low + high);
            Vector3D eye = (centre.X * right) + (centre.Y * up) + ((high.Z + 1) * back);
            return new Camera(right, up, back, eye, pixelsPerMm, perspective: false, width, height);
        }

        // Slopes of the four sides of the picture's pyramid, narrowed by the margin.
        double slopeY = Math.Tan(fieldOfViewDegrees * Math.PI / 360) * usable;
        double slopeX = slopeY * width / height;
        (double x, double nearX) = Centre(points, right, back, slopeX);
        (double y, double nearY) = Centre(points, up, back, slopeY);
        Vector3D position = (x * right) + (y * up) + (Math.Max(nearX, nearY) * back);
        double focal = 0.5 * height / Math.Tan(fieldOfViewDegrees * Math.PI / 360);
        return new Camera(right, up, back, position, focal, perspective: true, width, height);
    }

    /// <summary>Projects a point of the patient frame, mm.</summary>
    public ProjectedPoint Project(Vector3D point)
    {
        Vector3D seen = point - apex;
        double distance = -Vector3D.Dot(seen, Back);
        double pixels = IsPerspective ? scale / Math.Max(distance, 1e-3) : scale;
        return new ProjectedPoint(
            centreX + (pixels * Vector3D.Dot(seen, Right)), centreY - (pixels * Vector3D.Dot(seen, Up)), distance);
    }

    /// <summary>Unit vector from a point towards the camera.</summary>
    public Vector3D Towards(Vector3D point) => IsPerspective ? (apex - point).Normalized() : Back;

    /// <summary>Pixels a millimetre across the picture, at a distance in mm.</summary>
    public double PixelsPerMm(double distance) => IsPerspective ? scale / Math.Max(distance, 1e-3) : scale;

    // The apex along one axis whose two sides, of the given slope, both touch the points.
    private static (double Axis, double Near) Centre(IReadOnlyList<Vector3D> points, Vector3D axis, Vector3D back, double slope)
    {
        double highest = double.NegativeInfinity;
        double lowest = double.NegativeInfinity;
        for (int index = 0; index < points.Count; index++)
        {
            double across = Vector3D.Dot(points[index], axis);
            double near = slope * Vector3D.Dot(points[index], back);
            highest = Math.Max(highest, across + near);
            lowest = Math.Max(lowest, near - across);
        }

        return (0.5 * (highest - lowest), 0.5 * (highest + lowest) / slope);
    }

    private static (Vector3D Low, Vector3D High) Extent(IReadOnlyList<Vector3D> points, Vector3D x, Vector3D y, Vector3D z)
    {
        var low = new Vector3D(double.MaxValue, double.MaxValue, double.MaxValue);
        Vector3D high = -low;
        for (int index = 0; index < points.Count; index++)
        {
            Vector3D p = points[index];
            var local = new Vector3D(Vector3D.Dot(p, x), Vector3D.Dot(p, y), Vector3D.Dot(p, z));
            low = new Vector3D(Math.Min(low.X, local.X), Math.Min(low.Y, local.Y), Math.Min(low.Z, local.Z));
            high = new Vector3D(Math.Max(high.X, local.X), Math.Max(high.Y, local.Y), Math.Max(high.Z, local.Z));
        }

        return (low, high);
    }
}
