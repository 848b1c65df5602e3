using Threadwell.Geometry;
using Threadwell.Web.Reminders;

namespace Threadwell.Web.Tests.Reminders;

/// <summary>Where the mail server is named, and who may read its password.</summary>
public sealed class MailSettingsTests
{
    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void The_option_comes_before_the_file_and_a_password_that_others_can_read_is_refused()
    {
        string folder = Directory.CreateTempSubdirectory("threadwell-mail-").FullName;
        Assert.Null(MailSettings.Read(null, folder));
        Assert.Equal(new MailSettings("smtp.clinic.example", 587, null, null), MailSettings.Read("smtp.clinic.example:587", folder));
        Assert.Equal("::1", MailSettings.Read("[::1]:2525", folder)!.Host);

        string file = Path.Combine(folder, MailSettings.FileName);
        File.WriteAllText(file, """{"server": "mail.example:465", "user": "clinic", "password": "secret"}""");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(new MailSettings("mail.example", 465, "clinic", "secret"), MailSettings.Read(null, folder));
        Assert.True(MailSettings.Read(null, folder)!.IsTlsFromTheStart);
        Assert.Equal("other.example", MailSettings.Read("other.example:25", folder)!.Host);

        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Contains("chmod 600", Assert.Throws<InvalidInputException>(() => MailSettings.Read(null, folder)).Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("smtp.clinic.example")]
    [InlineData(":587")]
    [InlineData("smtp.clinic.example:0")]
    [InlineData("smtp.clinic.example:70000")]
    [InlineData("smtp clinic:587")]
    [InlineData("")]
    public void What_is_no_server_is_refused_by_name(string server) => Assert.Contains("--smtp", Assert.Throws<InvalidInputException>(() => MailSettings.Read(server, Path.GetTempPath())).Message, StringComparison.Ordinal);
}
