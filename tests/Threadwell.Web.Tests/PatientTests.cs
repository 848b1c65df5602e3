using System.Net;
using System.Net.Http.Headers;
using SkiaSharp;
using Threadwell.Storage.Patients;
using Threadwell.Tests.Shared;

namespace Threadwell.Web.Tests;

public sealed class PatientTests(SharedServer shared)
{
    private readonly ServerProcess server = shared.Server;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Đặng Thị Thuỷ Tiên", "dang thi thuy tien", "tien dang thi thuy")]
    [InlineData("  NGUYỄN   văn  ĐỨC ", "nguyen van duc", "duc nguyen van")]
    [InlineData("Ô'Brien-Łuk", "o'brien-łuk", "o'brien-łuk")]
    public void Names_are_found_and_ordered_without_accents(string name, string folded, string sortKey)
    {
        Assert.Equal(folded, PatientNames.Fold(PatientNames.Clean(name)));
        Assert.Equal(sortKey, PatientNames.SortKey(name));
    }

    [Theory]
    [InlineData("Nguye\u0302\u0303n", "Nguyễn")]
    [InlineData("Thuy\u0309", "Thuỷ")]
    [InlineData("e\u0302\u0323", "ệ")]
    [InlineData("e\u0323\u0302", "ệ")]
    [InlineData("U\u031B\u0301", "Ứ")]
    [InlineData("\u00EA\u0323", "ệ")]
    [InlineData("x\u0323\u0302", "x\u0323\u0302")]
    public void A_name_is_kept_composed(string typed, string kept) => Assert.Equal(kept, PatientNames.Clean(typed));

    [Theory]
    [InlineData("+84 912 345 678", "0912345678")]
    [InlineData("0912.345.678", "0912345678")]
    [InlineData("0084912345678", "0912345678")]
    [InlineData("+33 1 23 45 67 89", "+33123456789")]
    public void Two_ways_of_writing_a_number_are_one(string written, string digits) => Assert.Equal(digits, PatientNames.PhoneDigits(written));

    [Theory]
    [InlineData("quynh", true)]
    [InlineData("Huỳnh qu", true)]
    [InlineData("nhu quynh huynh", true)]
    [InlineData("31/12/1971", true)]
    [InlineData("uynh", false)]
    [InlineData("quynhh", false)]
    public async Task A_patient_is_found_by_the_beginnings_of_her_names(string typed, bool found)
    {
        await EnsureAsync("Huỳnh Như Quỳnh", "31/12/1971");
        string page = await server.Http.GetStringAsync($"/patients?q={Uri.EscapeDataString(typed)}", Cancelled);
        Assert.Equal(found, page.Contains("Huỳnh Như Quỳnh", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_field_is_told_beside_it_and_what_was_typed_stays()
    {
        using HttpResponseMessage answer = await server.Http.PostFormAsync("/patients/new", "/patients/new", (Fields("Kiều Anh", "31/02/1990") with { Phone = "12" }).All);
        string page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancelled));
        Assert.Contains("id=\"form-birthdate-problem\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"form-phone-problem\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"31/02/1990\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Kiều Anh", await server.Http.GetStringAsync("/patients?q=kieu", Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_name_and_birth_date_is_asked_about_before_a_second_record_is_opened()
    {
        Uri first = await OpenAsync("Phan Thị Mỹ Linh", "02/03/1980");
        using HttpResponseMessage asked = await server.Http.PostFormAsync("/patients/new", "/patients/new", Fields("phan thi my linh", "2/3/1980").All);
        Assert.Contains(first.AbsolutePath, await asked.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        Dictionary<string, string> again = Fields("phan thi my linh", "2/3/1980").All;
        again["Form.AnotherPerson"] = "true";
        using HttpResponseMessage opened = await server.Http.PostFormAsync("/patients/new", "/patients/new", again);
        Assert.NotEqual(first.AbsolutePath, opened.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.StartsWith("/patients/", opened.RequestMessage.RequestUri.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_page_does_not_overwrite_a_newer_change_unseen()
    {
        Uri record = await OpenAsync("Tạ Bích Loan", "05/06/1977");
        string edit = record.AbsolutePath + "/edit";
        Dictionary<string, string> fields = Fields("Tạ Bích Loan", "05/06/1977").All;
        fields["Form.Revision"] = "1";
        fields["Form.Notes"] = "first";
        (await server.Http.PostFormAsync(edit, edit, fields)).Dispose();
        fields["Form.Notes"] = "second";
        using HttpResponseMessage refused = await server.Http.PostFormAsync(edit, edit, fields);
        string page = await refused.Content.ReadAsStringAsync(Cancelled);
        Assert.Contains("class=\"notice\"", page, StringComparison.Ordinal);
        Assert.Contains("second", page, StringComparison.Ordinal);
        Assert.Contains("first", await server.Http.GetStringAsync(record, Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_photo_is_kept_upright_and_without_what_the_camera_added()
    {
        Uri record = await OpenAsync("Mai Thu Huyền", "01/01/1975");
        byte[] photo = Exif(PortraitOf(60, 40), orientation: 6);
        using HttpResponseMessage added = await AddPhotoAsync(record, photo);
        Assert.Equal(record.AbsolutePath + "/photos", added.RequestMessage!.RequestUri!.AbsolutePath);
        string page = await added.Content.ReadAsStringAsync(Cancelled);
        int start = page.IndexOf("/api/photos/", StringComparison.Ordinal);
        string address = page[start..page.IndexOf('"', start)];
        byte[] kept = await server.Http.GetByteArrayAsync(address, Cancelled);
        Assert.DoesNotContain("Exif", System.Text.Encoding.Latin1.GetString(kept), StringComparison.Ordinal);
        Assert.DoesNotContain("secret place", System.Text.Encoding.Latin1.GetString(kept), StringComparison.Ordinal);
        using SKBitmap bitmap = SKBitmap.Decode(kept);
        Assert.Equal((40, 60), (bitmap.Width, bitmap.Height));

        // The red left half of the stored picture is the upper half of the upright one.
        Assert.True(bitmap.GetPixel(20, 10).Red > 200, $"{bitmap.GetPixel(20, 10)}");
        Assert.True(bitmap.GetPixel(20, 50).Blue > 200, $"{bitmap.GetPixel(20, 50)}");
    }

    [Fact]
    public async Task A_file_that_is_no_photo_is_refused_and_nothing_is_kept()
    {
        Uri record = await OpenAsync("Cao Mỹ Kim", "01/01/1976");
        using HttpResponseMessage refused = await AddPhotoAsync(record, "<svg onload=\"alert(1)\"/>"u8.ToArray());
        string page = await refused.Content.ReadAsStringAsync(Cancelled);
        Assert.Contains("id=\"photo-problem\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/thumbnail", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_begins_with_the_assessment_as_the_next_step()
    {
        Uri record = await OpenAsync("La Thị Thoa", "09/09/1969");
        string page = await server.Http.GetStringAsync(record, Cancelled);
        Assert.Contains($"href=\"{record.AbsolutePath}/assess\"", page, StringComparison.Ordinal);
        Assert.Contains("data-state=\"next\"", page, StringComparison.Ordinal);
    }

    private async Task EnsureAsync(string name, string birthDate)
    {
        string found = await server.Http.GetStringAsync($"/patients?q={Uri.EscapeDataString(name)}", Cancelled);
        if (!found.Contains($">{name}<", StringComparison.Ordinal))
        {
            await OpenAsync(name, birthDate);
        }
    }

    private Task<Uri> OpenAsync(string name, string birthDate) => server.OpenRecordAsync(name, birthDate);

    private async Task<HttpResponseMessage> AddPhotoAsync(Uri record, byte[] photo)
    {
        string page = record.AbsolutePath + "/photos";
        using var form = new MultipartFormDataContent();
        foreach ((string name, string value) in new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["_handler"] = "photos",
            ["taken"] = "01/02/2026",
            ["note"] = "",
            ["__RequestVerificationToken"] = await server.Http.TokenAsync(page),
        })
        {
            form.Add(new StringContent(value), name);
        }

        var file = new ByteArrayContent(photo);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        form.Add(file, "Front", "front.jpg");
        return await server.Http.PostAsync(new Uri(page, UriKind.Relative), form, Cancelled);
    }

    private static PatientFields Fields(string name, string birthDate) => new(name, birthDate);

    // Left half red, right half blue.
    internal static byte[] PortraitOf(int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.Blue);
            using var red = new SKPaint { Color = SKColors.Red };
            canvas.DrawRect(0, 0, width / 2f, height, red);
        }

        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 95);
        return data.ToArray();
    }

    // A JPEG with an EXIF segment (CIPA DC-008): one entry for the orientation, one for a description.
    internal static byte[] Exif(byte[] jpeg, ushort orientation)
    {
        byte[] place = "secret place\0"u8.ToArray();
        byte[] tiff =
        [
            (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 2,
            0x01, 0x0E, 0, 2, 0, 0, 0, (byte)place.Length, 0, 0, 0, 38,
            0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0,
            0, 0, 0, 0,
            .. place,
        ];
        byte[] segment = [(byte)'E', (byte)'x', (byte)'i', (byte)'f', 0, 0, .. tiff];
        return [0xFF, 0xD8, 0xFF, 0xE1, (byte)((segment.Length + 2) >> 8), (byte)(segment.Length + 2), .. segment, .. jpeg[2..]];
    }
}

/// <summary>What the form of a new patient sends.</summary>
/// <param name="Name">Full name.</param>
/// <param name="BirthDate">Birth date as typed.</param>
internal sealed record PatientFields(string Name, string BirthDate)
{
    public string Phone { get; init; } = "";

    public Dictionary<string, string> All => new(StringComparer.Ordinal)
    {
        ["_handler"] = "patient",
        ["Form.FullName"] = Name,
        ["Form.BirthDate"] = BirthDate,
        ["Form.Sex"] = "female",
        ["Form.Phone"] = Phone,
        ["Form.Language"] = "vi",
    };
}

/// <summary>Steps in a record.</summary>
internal static class RecordSteps
{
    /// <summary>Opens a record; tells its address.</summary>
    public static async Task<Uri> OpenRecordAsync(this ServerProcess server, string name, string birthDate)
    {
        using HttpResponseMessage answer = await server.Http.PostFormAsync("/patients/new", "/patients/new", new PatientFields(name, birthDate).All);
        Uri address = answer.RequestMessage!.RequestUri!;
        Assert.Matches("^/patients/[0-9a-f-]{36}$", address.AbsolutePath);
        return address;
    }
}
