using System.Net.Http.Headers;
using System.Text.Json;
using Threadwell.Anatomy;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Geometry;
using Threadwell.Tests.Shared;

namespace Threadwell.Web.Tests;

public sealed class ScanApiTests(SharedServer shared)
{
    private readonly ServerProcess server = shared.Server;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sample_patients_are_there_with_surface_picture_and_landmarks()
    {
        JsonElement[] scans = [.. (await server.GetAsync("/api/scans")).EnumerateArray()];
        Assert.Equal(["Sample A", "Sample B", "Sample C"], scans.Where(scan => scan.GetProperty("origin").GetString() == "sample").Select(scan => scan.GetProperty("name").GetString()).Order(StringComparer.Ordinal));
        foreach (JsonElement scan in scans.Where(scan => scan.GetProperty("origin").GetString() == "sample"))
        {
            string id = scan.GetProperty("id").GetString()!;
            byte[] picture = await server.Http.GetByteArrayAsync($"/api/scans/{id}/picture", Cancelled);
            Assert.Equal("PNG"u8.ToArray(), picture[1..4]);
            TriangleMesh surface = await SurfaceAsync($"/api/scans/{id}/surface");
            var tree = new TriangleBvh(surface);
            foreach (JsonElement landmark in scan.GetProperty("landmarks").EnumerateArray())
            {
                double[] at = [.. landmark.GetProperty("position").EnumerateArray().Select(value => value.GetDouble())];
                Assert.InRange(tree.ClosestPoint(new Vector3D(at[0], at[1], at[2])).Distance, 0, 0.05);
            }
        }
    }

    [Fact]
    public async Task An_uploaded_scan_gets_landmarks_is_confirmed_and_refuses_what_does_not_fit()
    {
        JsonElement job = await UploadAsync("face.obj", Head());
        Assert.Equal("done", job.GetProperty("state").GetString());
        string id = job.GetProperty("result").GetString()!;
        JsonElement scan = await server.GetAsync($"/api/scans/{id}");
        Assert.Equal("mm", scan.GetProperty("unit").GetString());
        Assert.True(scan.GetProperty("unitInferred").GetBoolean());
        Assert.Equal(16, scan.GetProperty("landmarks").GetArrayLength());

        object Change(object landmarks, long revision, double? age) =>
            new { revision, name = "Mrs A", body = "head", ageYears = age, sex = "female", laxity = "mild", smoker = false, landmarks, confirmed = true };
        var landmarks = scan.GetProperty("landmarks");
        (int status, JsonElement body) = await server.SendAsync(HttpMethod.Put, $"/api/scans/{id}", Change(landmarks, 1, 12));
        Assert.Equal((422, "ageYears"), (status, body.GetProperty("place").GetString()));
        (status, body) = await server.SendAsync(HttpMethod.Put, $"/api/scans/{id}", Change(new[] { new { name = "menton", position = new[] { 0.0, 900, 0 }, confidence = 1.0 } }, 1, 50));
        Assert.Equal((422, "landmarks[0]"), (status, body.GetProperty("place").GetString()));
        (status, body) = await server.SendAsync(HttpMethod.Put, $"/api/scans/{id}", Change(new[] { new { name = "third-eye", position = new[] { 0.0, 0, 0 }, confidence = 1.0 } }, 1, 50));
        Assert.Equal((422, "landmarks[0].name"), (status, body.GetProperty("place").GetString()));
        (status, body) = await server.SendAsync(HttpMethod.Put, $"/api/scans/{id}", Change(landmarks, 1, 50));
        Assert.Equal(200, status);
        Assert.Equal(2, body.GetProperty("revision").GetInt64());
        Assert.False(body.GetProperty("unitInferred").GetBoolean());
        (status, body) = await server.SendAsync(HttpMethod.Put, $"/api/scans/{id}", Change(landmarks, 1, 50));
        Assert.Equal((409, 2L), (status, body.GetProperty("revision").GetInt64()));

        (status, _) = await server.SendAsync(HttpMethod.Delete, $"/api/scans/{id}");
        Assert.Equal(204, status);
        (status, _) = await server.SendAsync(HttpMethod.Get, $"/api/scans/{id}");
        Assert.Equal(404, status);
    }

    [Theory]
    [InlineData("face.obj", "v 1 2\n", "line 1")]
    [InlineData("face.ply", "ply\nformat ascii 1.0\n", null)]
    [InlineData("face.stl", "", null)]
    public async Task A_damaged_file_is_refused_with_its_place_and_nothing_is_kept(string name, string content, string? place)
    {
        int before = (await server.GetAsync("/api/scans")).GetArrayLength();
        JsonElement job = await UploadAsync(name, System.Text.Encoding.UTF8.GetBytes(content));
        Assert.Equal("failed", job.GetProperty("state").GetString());
        Assert.NotEqual("", job.GetProperty("problem").GetString());
        if (place is not null)
        {
            Assert.StartsWith(place, job.GetProperty("place").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(before, (await server.GetAsync("/api/scans")).GetArrayLength());
    }

    [Theory]
    [InlineData("face.exe")]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    public async Task A_name_that_is_no_scan_is_refused(string name)
    {
        (int status, _) = await server.SendAsync(HttpMethod.Post, $"/api/scans?name={Uri.EscapeDataString(name)}");
        Assert.Equal(422, status);
    }

    [Fact]
    public async Task A_sample_patient_stays_as_it_is()
    {
        string id = await server.SampleAsync();
        Assert.Equal(422, (await server.SendAsync(HttpMethod.Delete, $"/api/scans/{id}")).Status);
        Assert.Equal(422, (await server.SendAsync(HttpMethod.Put, $"/api/scans/{id}/reading", new { revision = 1, unit = "cm", up = "+y", front = "+z" })).Status);
    }

    [Theory]
    [InlineData("nose", "moderate", "threads are not for the nose")]
    [InlineData("buttock", "moderate", "threads are not for the buttock")]
    [InlineData("jawline", "severe", "refer for surgical advice")]
    [InlineData("jawline", "none", "nothing to treat yet")]
    public async Task What_threads_are_not_for_is_refused_with_the_reason(string area, string laxity, string reason)
    {
        string id = await server.SampleAsync();
        (int status, JsonElement body) = await server.SendAsync(HttpMethod.Post, $"/api/scans/{id}/suggest", new { area, material = "PDO", patient = new { ageYears = 52, sex = "female", laxity } });
        Assert.Equal(422, status);
        Assert.Contains(reason, body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_malformed_request_names_its_member()
    {
        string id = await server.SampleAsync();
        (int status, JsonElement body) = await server.SendAsync(HttpMethod.Post, $"/api/scans/{id}/suggest", new { area = "jawline", material = "STEEL", patient = Steps.Patient });
        Assert.Equal((422, "material"), (status, body.GetProperty("place").GetString()));
    }

    private static byte[] Head()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "head.obj");
        MeshWriter.Write(path, VirtualPatient.Create(new VirtualPatientTraits { AgeYears = 47, Sex = Sex.Female, Laxity = Laxity.Mild, Seed = 31 }).Scan);
        byte[] bytes = File.ReadAllBytes(path);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        return bytes;
    }

    private async Task<JsonElement> UploadAsync(string name, byte[] content)
    {
        using var body = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        using HttpResponseMessage response = await server.Http.PostAsync($"/api/scans?name={name}", body, Cancelled);
        Assert.Equal(202, (int)response.StatusCode);
        JsonElement started = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(Cancelled));
        return await server.FollowAsync(started.GetProperty("job").GetString()!);
    }

    private async Task<TriangleMesh> SurfaceAsync(string address)
    {
        RawMesh raw = MeshReader.Parse("surface", ".glb", await server.Http.GetByteArrayAsync(address, Cancelled));
        return new TriangleMesh([.. raw.Positions.Select(position => 1000 * position)], raw.Triangles);
    }
}
