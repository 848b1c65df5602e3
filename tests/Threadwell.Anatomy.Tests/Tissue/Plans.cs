using Threadwell.Anatomy.Tissue;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tests.Tissue;

/// <summary>Simple thread courses for each area of a virtual patient, placed from landmarks and cast onto the skin from outside.</summary>
internal static class Plans
{
    public static TissueRequest For(TreatmentArea area, VirtualPatient patient)
    {
        var tree = new TriangleBvh(patient.Scan);
        LandmarkSet marks = patient.Landmarks;
        var paths = new List<IReadOnlyList<Vector3D>>();
        var targets = new List<Vector3D>();
        foreach (bool left in new[] { true, false })
        {
            double side = left ? 1 : -1;
            Vector3D At(string name) => marks.TryGet(name, out Landmark? found) ? found.Position : marks[LandmarkNames.OnSide(name, left)];
            Vector3D Between(string from, string to, double share) => OnHead(Vector3D.Lerp(At(from), At(to), share));
            Vector3D OnHead(Vector3D near) => Cast(tree, near, (near - (0.5 * (marks["tragus.left"] + marks["tragus.right"]) with { Y = near.Y })).Normalized());
            Vector3D OnTorso(Vector3D from, double right, double up) => Cast(tree, from + new Vector3D(side * right, up, 0), Vector3D.UnitZ);
            switch (area)
            {
                case TreatmentArea.Jawline:
                    paths.Add([Between("tragus", "cheilion", 0.15), Between("gonion", "cheilion", 0.4), Between("jowl", "cheilion", 0.2)]);
                    paths.Add([Between("gonion", "cheilion", 0.15), Between("gonion", "jowl", 0.5), Between("jowl", "menton", 0.3)]);
                    targets.Add(At("jowl"));
                    break;
                case TreatmentArea.NasolabialFold:
                    paths.Add([Between("lateral-canthus", "tragus", 0.5), Between("lateral-canthus", "alare", 0.5), Between("alare", "cheilion", 0.3)]);
                    paths.Add([Between("lateral-canthus", "tragus", 0.6), Between("tragus", "cheilion", 0.6), Between("tragus", "cheilion", 0.92)]);
                    targets.Add(At("alare"));
                    targets.Add(At("cheilion"));
                    break;
                case TreatmentArea.Brow:
                    paths.Add([OnHead(At("brow-peak") + new Vector3D(0, 30, -5)), At("brow-peak")]);
                    targets.Add(At("brow-peak"));
                    break;
                case TreatmentArea.Forehead:
                    paths.Add([OnHead(At("brow-peak") + new Vector3D(-12 * side, 40, -5)), OnHead(At("brow-peak") + new Vector3D(-12 * side, 5, 0))]);
                    break;
                case TreatmentArea.Neck:
                    paths.Add([OnHead(At("gonion") + new Vector3D(0, -12, 0)), OnHead(Vector3D.Lerp(At("gonion"), At("menton"), 0.7) + new Vector3D(0, -10, 0))]);
                    targets.Add(At("menton"));
                    break;
                case TreatmentArea.Abdomen:
                    paths.Add([OnTorso(marks["umbilicus"], 15, 20), OnTorso(marks["umbilicus"], 45, 35), OnTorso(marks["umbilicus"], 75, 45)]);
                    paths.Add([OnTorso(marks["umbilicus"], 15, -20), OnTorso(marks["umbilicus"], 45, -10), OnTorso(marks["umbilicus"], 75, 0)]);
                    break;
                default:
                    paths.Add([OnTorso(At("nipple"), -10, 90), OnTorso(At("nipple"), -5, 50), OnTorso(At("nipple"), 0, 20)]);
                    paths.Add([OnTorso(At("nipple"), 25, 75), OnTorso(At("nipple"), 20, 40), OnTorso(At("nipple"), 15, 10)]);
                    targets.Add(At("nipple"));
                    break;
            }
        }

        return new TissueRequest
        {
            Area = area,
            Sex = patient.Traits.Sex,
            AgeYears = patient.Traits.AgeYears,
            Laxity = patient.Traits.Laxity,
            ThreadPaths = paths,
            TargetPoints = targets,
        };
    }

    private static Vector3D Cast(TriangleBvh tree, Vector3D near, Vector3D outwards) =>
        tree.FirstHit(near + (150 * outwards), -outwards, 300) is { } hit ? hit.Position : tree.ClosestPoint(near).Position;
}
