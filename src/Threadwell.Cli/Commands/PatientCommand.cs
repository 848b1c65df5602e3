using System.CommandLine;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Cli.Options;
using Threadwell.Cli.Output;
using Threadwell.Geometry;
using Threadwell.Plans.Files;

namespace Threadwell.Cli.Commands;

/// <summary><c>threadwell patient make</c>: a virtual patient as scan and landmarks.</summary>
internal sealed class PatientCommand : Command
{
    public const string GlbFile = "scan.glb";
    public const string ObjFile = "scan.obj";
    public const string LandmarksFile = "landmarks.json";

    public PatientCommand()
        : base("patient", "Virtual patients.")
    {
        var patient = new PatientOptions();
        Option<int> seed = TypedOptions.Whole("--seed", "Which person: proportions and asymmetry follow from it.", 0, int.MaxValue).Or(1);
        Option<Word<VirtualBody>> body = TypedOptions.Word("--body", "Part of the body.", "head", ("head", VirtualBody.Head), ("torso", VirtualBody.Torso));
        Option<string> output = TypedOptions.Path("--out", "Folder to write to.", required: true, "folder");
        var make = new Command("make", $"Makes a virtual patient: {GlbFile}, {ObjFile} and {LandmarksFile}.") { patient.Age, patient.Sex, patient.Laxity, seed, body, output };
        make.SetAction(parsed =>
        {
            var traits = new VirtualPatientTraits
            {
                AgeYears = parsed.GetValue(patient.Age),
                Sex = parsed.GetValue(patient.Sex),
                Laxity = parsed.GetValue(patient.Laxity),
                Seed = (ulong)parsed.GetValue(seed),
                Body = parsed.GetValue(body),
            };
            using var folder = new OutputFolder(parsed.GetRequiredValue(output));
            Write(VirtualPatient.Create(traits), folder);
            folder.Commit();
            foreach (string file in new[] { GlbFile, ObjFile, LandmarksFile })
            {
                Console.Out.WriteLine(folder.FinalPathOf(file));
            }
        });
        Add(make);
    }

    /// <summary>Writes the files of a virtual patient.</summary>
    public static void Write(VirtualPatient patient, OutputFolder folder)
    {
        var attributes = new MeshAttributes { Normals = patient.Scan.VertexNormals() };
        MeshWriter.Write(folder.PathOf(GlbFile), patient.Scan, attributes);
        MeshWriter.Write(folder.PathOf(ObjFile), patient.Scan, attributes);
        LandmarkFile.Write(folder.PathOf(LandmarksFile), patient.Landmarks);
    }
}
