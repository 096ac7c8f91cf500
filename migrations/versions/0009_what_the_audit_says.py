"""An audit line also says whose data it is about, and why; what it says can't be changed."""

import sqlalchemy as sa
from alembic import op


revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SHOWN = """
    UPDATE audit SET whom_id = (
        SELECT enrolment.person_id FROM shared JOIN enrolment ON enrolment.id = shared.enrolment_id
        WHERE audit.about = 'shared ' || shared.id
    )
    WHERE audit.about LIKE 'shared %'
"""
SQLITE = """
    CREATE TRIGGER audit_stays BEFORE UPDATE OF id, at, what, about, why ON audit
    BEGIN SELECT RAISE(ABORT, 'a line of the audit is never changed'); END
"""
POSTGRESQL = (
    """
    CREATE OR REPLACE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'a line of the audit is never changed'; END $$
    """,
    """
    CREATE TRIGGER audit_stays BEFORE UPDATE OF id, at, what, about, why ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_stays()
    """,
)


def upgrade() -> None:
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.add_column(sa.Column('whom_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('why', sa.String(length=280), nullable=False, server_default=''))
        batch_op.create_index(batch_op.f('ix_audit_whom_id_id'), ['whom_id', 'id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_audit_whom_id'), 'person', ['whom_id'], ['id'], ondelete='SET NULL')
    op.execute(SHOWN)
    for statement in (SQLITE,) if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_stays")
    else:
        op.execute("DROP TRIGGER audit_stays ON audit")
        op.execute("DROP FUNCTION audit_stays()")
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_audit_whom_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_audit_whom_id_id'))
        batch_op.drop_column('why')
        batch_op.drop_column('whom_id')
