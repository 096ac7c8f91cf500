"""A random number for each account, by which an erasure is recognised after a restore; shown rows found by what they show."""

import sqlalchemy as sa
from alembic import op


revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('stable_id', sa.String(length=32), nullable=True))
    random = "lower(hex(randomblob(16)))" if sqlite else "replace(gen_random_uuid()::text, '-', '')"
    op.execute(f"UPDATE person SET stable_id = {random}")
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.alter_column('stable_id', existing_type=sa.String(length=32), nullable=False)
        batch_op.create_unique_constraint(batch_op.f('uq_person_stable_id'), ['stable_id'])
    for column in ('entry_id', 'plan_id'):
        op.create_index(op.f(f'ix_shared_{column}'), 'shared', [column], unique=False)


def downgrade() -> None:
    for column in ('entry_id', 'plan_id'):
        op.drop_index(op.f(f'ix_shared_{column}'), table_name='shared')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_person_stable_id'), type_='unique')
        batch_op.drop_column('stable_id')
