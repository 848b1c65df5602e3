using System.Text;

namespace Threadwell.Geometry.Tests.Files;

/// <summary>Thousands of damaged files of each format: each is read or refused by name, quickly and without a large allocation.</summary>
public sealed class MeshReaderFuzzTests
{
    private const int Mutations = 3000;
    private const long MostBytes = 8 << 20;

    private static readonly string[] Words = ["nan", "-1", "0", "1e308", "99999999999", "4294967295", "-2147483648", "f", "v", "]", "{", "\"", "\n", " "];

    [Theory]
    [InlineData("obj")]
    [InlineData("ascii ply")]
    [InlineData("little-endian ply")]
    [InlineData("big-endian ply")]
    [InlineData("written ply")]
    [InlineData("ascii stl")]
    [InlineData("binary stl")]
    [InlineData("glb")]
    [InlineData("gltf")]
    public void DamagedFilesAreReadOrRefused(string kind)
    {
        (string extension, byte[] valid) = kind switch
        {
            "obj" => (".obj", Encoding.ASCII.GetBytes(MeshFiles.Obj)),
            "ascii ply" => (".ply", Encoding.ASCII.GetBytes(MeshFiles.AsciiPly)),
            "little-endian ply" => (".ply", MeshFiles.BinaryPly(littleEndian: true)),
            "big-endian ply" => (".ply", MeshFiles.BinaryPly(littleEndian: false)),
            "written ply" => (".ply", MeshFiles.Written(".ply")),
            "ascii stl" => (".stl", Encoding.ASCII.GetBytes(MeshFiles.AsciiStl)),
            "binary stl" => (".stl", MeshFiles.Written(".stl")),
            "glb" => (".glb", MeshFiles.Written(".glb")),
            _ => (".gltf", Encoding.ASCII.GetBytes(MeshFiles.Gltf)),
        };
        var random = new Random(20);
        int read = 0;
        int refused = 0;
        for (int i = 0; i < Mutations; i++)
        {
            byte[] damaged = Damage(valid, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                RawMesh mesh = MeshReader.Parse("scan", extension, damaged);
                Assert.All(mesh.Positions, p => Assert.True(p.IsFinite));
                Assert.All(mesh.Triangles, corner => Assert.InRange(corner, 0, mesh.Positions.Length - 1));
                read++;
            }
            catch (InvalidInputException error)
            {
                Assert.DoesNotContain('\n', error.Message);
                refused++;
            }

            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostBytes, $"mutation {i} of {kind}");
        }

        Assert.True(read > 0 && refused > Mutations / 10, $"{read} read, {refused} refused");
    }

    private static byte[] Damage(byte[] valid, Random random)
    {
        var bytes = new List<byte>(valid);
        int changes = 1 + random.Next(4);
        for (int i = 0; i < changes && bytes.Count > 1; i++)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, 1 + random.Next(12)));
                    break;
                case 3:
                    bytes.InsertRange(at, Encoding.ASCII.GetBytes(Words[random.Next(Words.Length)]));
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(at + 1), Math.Min(20, bytes.Count - at)));
                    break;
                default:
                    bytes.RemoveRange(at, random.Next(3) == 0 ? bytes.Count - at : 1);
                    break;
            }
        }

        return [.. bytes];
    }
}
