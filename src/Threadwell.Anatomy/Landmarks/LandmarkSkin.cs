using Threadwell.Geometry;

namespace Threadwell.Anatomy;

/// <summary>A scan with its landmarks, on which places relative to landmarks are found. Prepared once, then read only.</summary>
public sealed class LandmarkSkin
{
    // Skin around a landmark whose mean normal is the way out there: wider than a lip or a nostril, narrower than a cheek; mm.
    private const double NormalRadiusMm = 12;

    // A place is looked for this far in and out along the mean normal, mm: landmarks of a cheek lie on a chord up to 30 mm under the skin.
    private const double ReachMm = 45;
    private readonly Dictionary<string, Vector3D> normals = new(StringComparer.Ordinal);

    /// <summary>Prepares a scan.</summary>
    /// <param name="mesh">The scan, mm, patient frame.</param>
    /// <param name="landmarks">Its landmarks, mm.</param>
    public LandmarkSkin(TriangleMesh mesh, LandmarkSet landmarks)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        ArgumentNullException.ThrowIfNull(landmarks);
        Mesh = mesh;
        Landmarks = landmarks;
        Tree = new TriangleBvh(mesh);
        foreach (Landmark landmark in landmarks.All)
        {
            normals[landmark.Name] = NormalNear(landmark.Position);
        }
    }

    /// <summary>The scan.</summary>
    public TriangleMesh Mesh { get; }

    /// <summary>Its landmarks.</summary>
    public LandmarkSet Landmarks { get; }

    /// <summary>The scan's box tree.</summary>
    public TriangleBvh Tree { get; }

    /// <summary>Whether the scan has every landmark that a place is relative to.</summary>
    public bool Has(LandmarkPoint place, bool left)
    {
        ArgumentNullException.ThrowIfNull(place);
        return place.Weights.All(weight => Landmarks.TryGet(LandmarkPoint.NameOnSide(weight.Name, left), out _));
    }

    /// <summary>The place on the skin, mm.</summary>
    /// <param name="place">The place relative to landmarks.</param>
    /// <param name="left">On the patient's left, or the right.</param>
    /// <exception cref="InvalidInputException">A landmark is missing.</exception>
    public Vector3D Place(LandmarkPoint place, bool left)
    {
        ArgumentNullException.ThrowIfNull(place);
        Vector3D point = Vector3D.Zero;
        Vector3D normal = Vector3D.Zero;
        foreach ((string name, double weight) in place.Weights)
        {
            string full = LandmarkPoint.NameOnSide(name, left);
            if (!Landmarks.TryGet(full, out Landmark? landmark))
            {
                throw new InvalidInputException("landmarks", full, "this landmark is needed and missing; mark it on the scan's page, or give it in a landmarks file (--landmarks).");
            }

            point += weight * landmark.Position;
            normal += weight * normals[full];
        }

        Vector3D shift = place.ShiftMm;
        return Project(point + new Vector3D(left ? shift.X : -shift.X, shift.Y, shift.Z), normal.Normalized());
    }

    /// <summary>The skin nearest to a point along a direction, facing that way; the closest skin where there is none.</summary>
    private Vector3D Project(Vector3D point, Vector3D normal)
    {
        SurfacePoint? nearest = null;
        double least = double.PositiveInfinity;
        foreach (SurfacePoint hit in Tree.AllHits(point - (ReachMm * normal), normal, 2 * ReachMm))
        {
            double distance = Math.Abs(hit.Distance - ReachMm);
            if (distance < least && Vector3D.Dot(Mesh.TriangleAreaVector(hit.Triangle), normal) > 0)
            {
                (nearest, least) = (hit, distance);
            }
        }

        return (nearest ?? Tree.ClosestPoint(point)).Position;
    }

    private Vector3D NormalNear(Vector3D centre)
    {
        Vector3D sum = Vector3D.Zero;
        for (int triangle = 0; triangle < Mesh.TriangleCount; triangle++)
        {
            Vector3D middle = (Mesh.Positions[Mesh.Triangles[3 * triangle]] + Mesh.Positions[Mesh.Triangles[(3 * triangle) + 1]] + Mesh.Positions[Mesh.Triangles[(3 * triangle) + 2]]) / 3;
            if (Vector3D.Distance(middle, centre) < NormalRadiusMm)
            {
                sum += Mesh.TriangleAreaVector(triangle);
            }
        }

        return sum.Normalized();
    }
}
