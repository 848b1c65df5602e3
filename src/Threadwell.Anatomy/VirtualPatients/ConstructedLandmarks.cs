using Threadwell.Geometry;

namespace Threadwell.Anatomy.VirtualPatients;

/// <summary>Landmarks that <c>docs/landmarks.md</c> defines by construction from others: found on the finished skin by rays.</summary>
internal sealed class ConstructedLandmarks(SkinRays rays)
{
    // The definitions of docs/landmarks.md.
    private const double RamusShare = 0.45;
    private const double JawBodyShare = 0.67;
    private const double JowlShare = 0.4;
    private const double BrowShareOfCanthus = 0.85;
    private const double BrowChordFrom = 5;
    private const double BrowChordTo = 30;

    /// <summary>The angle of the jaw: where ramus and body of the jaw meet in the side view, on the outermost skin.</summary>
    public Vector3D Gonion(Vector3D tragus, Vector3D menton)
    {
        double cosine = ((RamusShare * RamusShare) + 1 - (JawBodyShare * JawBodyShare)) / (2 * RamusShare);
        double sine = Math.Sqrt(1 - (cosine * cosine));
        double dz = menton.Z - tragus.Z;
        double dy = menton.Y - tragus.Y;
        double z = tragus.Z + (RamusShare * ((cosine * dz) + (sine * dy)));
        double y = tragus.Y + (RamusShare * ((cosine * dy) - (sine * dz)));
        double side = Math.Sign(tragus.X);
        return rays.Outermost(new Vector3D(0, y, z), side * Vector3D.UnitX);
    }

    /// <summary>The jowl on the border of the jaw.</summary>
    public Vector3D Jowl(Vector3D gonion, Vector3D menton)
    {
        Vector3D outward = Vector3D.Cross(gonion - menton, Vector3D.UnitY);
        outward = new Vector3D(outward.X, 0, outward.Z).Normalized();
        outward = Math.Sign(gonion.X) * Math.Sign(outward.X) * outward;
        return rays.Outermost(Vector3D.Lerp(menton, gonion, JowlShare), (outward - Vector3D.UnitY).Normalized());
    }

    /// <summary>The fullest point of the brow above the lateral canthus.</summary>
    public Vector3D BrowPeak(Vector3D canthus)
    {
        double x = BrowShareOfCanthus * canthus.X;
        Vector3D Front(double above) => rays.Outermost(new Vector3D(x, canthus.Y + above, 0), Vector3D.UnitZ);
        Vector3D low = Front(BrowChordFrom);
        Vector3D high = Front(BrowChordTo);
        Vector3D best = low;
        double farthest = double.NegativeInfinity;
        for (double above = BrowChordFrom; above <= BrowChordTo; above += 0.25)
        {
            Vector3D point = Front(above);
            double chord = low.Z + ((high.Z - low.Z) * (above - BrowChordFrom) / (BrowChordTo - BrowChordFrom));
            if (point.Z - chord > farthest)
            {
                (farthest, best) = (point.Z - chord, point);
            }
        }

        return best;
    }
}
