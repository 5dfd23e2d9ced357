"""Users, grants, sessions, the second factor, and attempts to sign in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Now

from shanhai.access.terms import ROLES, Reach, Stage
from shanhai.journal.terms import Side


class User(AbstractBaseUser):
    """An account of a person who works with the records.

    A password that begins with `!` is none: such an account works on the command line alone, and no page keeps it.
    """

    username = models.CharField("账号", max_length=60, unique=True)
    display_name = models.CharField("显示名", max_length=60)
    is_active = models.BooleanField("启用", default=True)
    is_password_handed_out = models.BooleanField("须改密码", default=False, db_default=False)
    password_expires_at = models.DateTimeField("一次性密码失效时间", null=True)

    USERNAME_FIELD = "username"
    objects = BaseUserManager["User"]()

    class Meta:
        verbose_name = verbose_name_plural = "账号"

    def __str__(self) -> str:
        return self.display_name or self.username


class Grant(models.Model):
    """A role given to a user, on one side, as far as it reaches, for some time."""

    user = models.ForeignKey(User, models.PROTECT, verbose_name="账号", related_name="grants")
    role = models.CharField("角色", max_length=16, choices=[(role.code, role.zh) for role in ROLES.values()])
    reach = models.CharField("适用面", max_length=8, choices=Reach.choices)
    scope = models.ForeignKey("reference.Scope", models.PROTECT, verbose_name="范围", null=True, related_name="+")
    region_code = models.CharField("行政区划代码", max_length=6, blank=True)
    side = models.CharField("所属方", max_length=4, choices=[*Side.choices, ("any", "双方")])
    first_on = models.DateField("开始日期", null=True)
    last_on = models.DateField("结束日期", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "授权"

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"


class Session(models.Model):
    """A signed-in session, found by the hash of its token; written only by the database's own functions.

    It opens records once its stage is `full`. It ends at its last moment, or when it was not used for its idle time.
    """

    digest = models.CharField("令牌摘要", max_length=64, unique=True)
    user = models.ForeignKey(User, models.PROTECT, verbose_name="账号", related_name="+")
    opened_at = models.DateTimeField("登录时间")
    expires_at = models.DateTimeField("失效时间")
    ended_at = models.DateTimeField("退出时间", null=True)
    stage = models.CharField("登录步骤", max_length=8, choices=Stage.choices, default=Stage.FULL, db_default=Stage.FULL)
    seen_at = models.DateTimeField("最近使用时间", db_default=Now())
    idle_seconds = models.IntegerField("闲置时限（秒）", default=36_000, db_default=36_000)
    address = models.CharField("网络地址", max_length=45, blank=True, db_default="")
    agent = models.CharField("浏览器", max_length=200, blank=True, db_default="")

    class Meta:
        verbose_name = verbose_name_plural = "登录会话"
        indexes = [models.Index(fields=["user", "ended_at"], name="access_session_open")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.opened_at:%Y-%m-%d %H:%M}"


class SecondFactor(models.Model):
    """The secret of a user's one-time codes, sealed under the home's master key; nobody reads it but its owner's sign-in."""

    user = models.OneToOneField(User, models.PROTECT, verbose_name="账号", related_name="+", primary_key=True)
    sealed = models.TextField("密文")
    enrolled_at = models.DateTimeField("启用时间", null=True)
    last_step = models.BigIntegerField("最近用过的时间步", default=0, db_default=0)

    class Meta:
        verbose_name = verbose_name_plural = "二次验证"

    def __str__(self) -> str:
        return f"{self.user_id}"


class RecoveryCode(models.Model):
    """A code that stands in for the second factor once, kept as its keyed fingerprint."""

    user = models.ForeignKey(User, models.PROTECT, verbose_name="账号", related_name="+")
    digest = models.CharField("摘要", max_length=64)
    used_at = models.DateTimeField("使用时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "恢复码"
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="access_recoverycode_once")]

    def __str__(self) -> str:
        return f"{self.user_id}"


class Attempt(models.Model):
    """Failed attempts to sign in, of one account or one address, under a fingerprint of its name."""

    digest = models.CharField("摘要", max_length=64, unique=True)
    failed_count = models.IntegerField("失败次数")
    failed_at = models.DateTimeField("最近失败时间")
    waits_until_at = models.DateTimeField("等到", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "登录失败"
        indexes = [models.Index(fields=["failed_at"], name="access_attempt_failed")]

    def __str__(self) -> str:
        return f"{self.failed_count}"


class Secret(models.Model):
    """The database's half of the secret that proves a session was opened by the application; nobody reads it."""

    value = models.TextField("密文")

    class Meta:
        verbose_name = verbose_name_plural = "会话密钥"

    def __str__(self) -> str:
        return "会话密钥"
